import { readFile, writeFile } from 'node:fs/promises'
import type { HttpsOptions } from '../../https-options.js'
import { CommandFailure } from './command-failure.js'
import type { HttpsArguments } from './serve-arguments.js'

/**
 * Reads the files that HTTPS is served with.
 * @throws {CommandFailure} for one that cannot be read
 */
export async function readHttpsOptions(args: HttpsArguments | undefined): Promise<boolean | HttpsOptions> {
  if (args?.files === undefined) return args !== undefined
  return { key: await readPem('--https-key', args.files.key), cert: await readPem('--https-cert', args.files.cert) }
}

/**
 * Writes what clients must trust, where that was asked for.
 * @throws {CommandFailure} when it cannot be written; the server is closed then
 */
export async function writeCertificate(
  args: HttpsArguments | undefined,
  server: { readonly certificate: string | undefined; close(): Promise<void> },
): Promise<void> {
  if (args?.writeCertificate === undefined || server.certificate === undefined) return
  try {
    await writeFile(args.writeCertificate, server.certificate)
  } catch (error) {
    await server.close()
    throw new CommandFailure(`The file of --write-certificate cannot be written: ${messageOf(error)}`, { cause: error })
  }
}

async function readPem(flag: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CommandFailure(`The file of ${flag} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
