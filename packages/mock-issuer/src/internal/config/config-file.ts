import { readFile, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError } from './config-error.js'
import type { Config } from './config-schema.js'
import { describeJsonFault } from './describe-json-fault.js'
import { findJsonFault } from './json-fault.js'
import { readConfig } from './read-config.js'

const maxBytes = 1_048_576

/**
 * Reads a configuration file: JSON, or a module of JavaScript, whose default export it then is. A module is for what JSON cannot say,
 * the API's own contract above all; whatever else it can import, Node has to run it as it is.
 *
 * @throws {ConfigError} with the place of each finding
 */
export async function loadConfig(file: string): Promise<Config> {
  const value = await readValue(file)
  const config = readConfig(value, isModule(file) ? 'module' : 'json')
  if ('findings' in config) throw new ConfigError(file, config.findings)
  return config
}

async function readValue(file: string): Promise<unknown> {
  const { size, mtimeMs } = await findFile(file)
  if (size > maxBytes) throw new ConfigError(file, [`It is longer than ${maxBytes} bytes.`])
  if (isModule(file)) return importDefault(file, mtimeMs)
  if (extname(file) !== '.json') {
    throw new ConfigError(file, ['Its name ends neither in .json nor in .js or .mjs, for a module that exports the configuration.'])
  }
  return parseJson(file, await readFile(file, 'utf8'))
}

function isModule(file: string): boolean {
  return ['.js', '.mjs'].includes(extname(file))
}

async function findFile(file: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    const found = await stat(file)
    if (found.isFile()) return found
  } catch (error) {
    throw new ConfigError(file, [isMissing(error) ? 'There is no such file.' : messageOf(error)], { cause: error })
  }
  throw new ConfigError(file, ['It is not a file.'])
}

function parseJson(file: string, text: string): unknown {
  // Some editors begin a file with a byte order mark, which JSON does not allow.
  const json = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(json) as unknown
  } catch (error) {
    throw new ConfigError(file, [describeSyntax(json, error)], { cause: error })
  }
}

function describeSyntax(text: string, error: unknown): string {
  const fault = findJsonFault(text)
  return fault === undefined ? `It is not JSON: ${messageOf(error)}` : `It is not JSON: ${describeJsonFault(text, fault)}`
}

// A module is loaded once under each name, so a changed one gets another name.
async function importDefault(file: string, version: number): Promise<unknown> {
  const url = pathToFileURL(resolve(file))
  url.searchParams.set('version', String(version))
  let loaded: { default?: unknown }
  try {
    loaded = (await import(url.href)) as { default?: unknown }
  } catch (error) {
    throw new ConfigError(file, [`It cannot be imported: ${messageOf(error)}`], { cause: error })
  }
  if (loaded.default === undefined) throw new ConfigError(file, ['It has no default export; export the configuration as default.'])
  return loaded.default
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
