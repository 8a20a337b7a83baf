import { readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { HttpsOptions } from '../../https-options.js'
import type { HttpsConfig } from '../config/https-schema.js'
import { CommandFailure } from './command-failure.js'
import type { ServeArguments } from './serve-arguments.js'

/** What was said about HTTPS, and where. What the command line says goes before what the configuration does. */
export interface HttpsInput {
  readonly args: Pick<ServeArguments, 'https' | 'config'>
  readonly config: HttpsConfig | undefined
}

/**
 * Reads how HTTPS is served, with the files for it: those of the command line as they are named, those of a configuration from its folder
 * on.
 *
 * @throws {CommandFailure} for a file that cannot be read, for a member that is there twice, as a text and as a file, and for a key or
 * a certificate alone
 */
export async function readHttpsOptions({ args, config = false }: HttpsInput): Promise<boolean | HttpsOptions> {
  const { https } = args
  if (typeof https === 'boolean' && !(https && typeof config === 'object')) return https
  if (typeof https === 'object') {
    const of = typeof config === 'object' ? await trustOf(config, args) : {}
    return { ...of, key: await readPem('--https-key', https.keyFile), cert: await readPem('--https-cert', https.certFile) }
  }
  if (typeof config === 'boolean') return config
  checkPair(config, args)
  const key = await textOf('key', { text: config.key, file: config.keyFile }, args)
  const cert = await textOf('cert', { text: config.cert, file: config.certFile }, args)
  return { ...(await trustOf(config, args)), ...(key === undefined ? {} : { key }), ...(cert === undefined ? {} : { cert }) }
}

type HttpsMembers = Exclude<HttpsConfig, boolean>

function checkPair(config: HttpsMembers, { config: configFile = '' }: HttpsInput['args']): void {
  const key = (['keyFile', 'key'] as const).find((member) => config[member] !== undefined)
  const cert = (['certFile', 'cert'] as const).find((member) => config[member] !== undefined)
  const end = 'name both, or neither for ones that are made'
  if (key === undefined && cert !== undefined) throw unusable(configFile, `has ${cert} without ${cert.replace('cert', 'key')}; ${end}`)
  if (key !== undefined && cert === undefined) throw unusable(configFile, `has ${key} without ${key.replace('key', 'cert')}; ${end}`)
}

async function trustOf(config: HttpsMembers, args: HttpsInput['args']): Promise<Pick<HttpsOptions, 'ca' | 'requestClientCertificate'>> {
  const { requestClientCertificate } = config
  const ca = await textOf('ca', { text: config.ca, file: config.caFile }, args)
  return { ...(ca === undefined ? {} : { ca }), ...(requestClientCertificate === undefined ? {} : { requestClientCertificate }) }
}

async function textOf<Text>(
  member: 'key' | 'cert' | 'ca',
  { text, file }: { readonly text: Text | undefined; readonly file: string | undefined },
  { config: configFile = '' }: HttpsInput['args'],
): Promise<Text | string | undefined> {
  if (file === undefined) return text
  if (text === undefined) return readPem(`https.${member}File in ${configFile}`, resolve(dirname(configFile), file))
  throw unusable(configFile, `has both ${member} and ${member}File; leave one out`)
}

function unusable(configFile: string, problem: string): CommandFailure {
  return new CommandFailure(`${configFile} cannot be used:\n  https: ${problem}`)
}

/**
 * Writes what clients must trust, where that was asked for.
 * @throws {CommandFailure} when it cannot be written, or there is no HTTPS; the server is closed then
 */
export async function writeCertificate(
  { writeCertificate: file }: Pick<ServeArguments, 'writeCertificate'>,
  server: { readonly certificate: string | undefined; close(): Promise<void> },
): Promise<void> {
  if (file === undefined) return
  try {
    if (server.certificate === undefined) throw new CommandFailure('--write-certificate is about HTTPS: add --https.')
    await writeFile(file, server.certificate)
  } catch (error) {
    await server.close()
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure(`The file of --write-certificate cannot be written: ${messageOf(error)}`, { cause: error })
  }
}

async function readPem(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CommandFailure(`The file of ${option} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
