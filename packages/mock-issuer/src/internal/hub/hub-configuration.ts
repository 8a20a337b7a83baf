import type { Fault } from '../../fault.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { readFault } from '../faults/fault-reading.js'
import { issuerPath } from '../issuer-name.js'
import { readSettings } from '../issuer-settings.js'
import { liesUnderEndpoint, readMountPath } from './mount-path.js'

/** The options of an issuer on a host, and the faults that it has from the start. */
export interface MountOptions extends MockIssuerOptions {
  readonly faults?: readonly Fault[]
}

/** What a hub is to be: each time, the whole of it. */
export interface HubConfiguration {
  /** By path; the empty path is the root, and then there is no other. */
  readonly issuers: Readonly<Record<string, MountOptions>>
  /** What an issuer has that does not say otherwise. */
  readonly defaults: MountOptions
  /** How many issuers requests may make by asking for them; zero for none. */
  readonly maxOnDemandIssuers: number
}

/**
 * Reads a configuration without making anything of it: the options of each issuer, complete, by its path.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readHubConfiguration({ issuers, defaults }: HubConfiguration): ReadonlyMap<string, MountOptions> {
  readSettings(defaults)
  const declared = new Map<string, MountOptions>()
  for (const [name, options] of Object.entries(issuers)) {
    const complete = { ...defaults, ...options }
    declared.set(
      inIssuer(name, () => readDeclaration(name, complete, declared)),
      complete,
    )
  }
  return declared
}

// The options of one issuer of several are named with it.
function inIssuer<Result>(name: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof MockIssuerError) || name === '') throw error
    throw new MockIssuerError(error.code, error.message.replace(/^The option "/, `The option "issuers[${JSON.stringify(name)}].`), {
      cause: error,
    })
  }
}

/**
 * Checks one issuer that is to join others, and returns its path.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readDeclaration(name: string, options: MountOptions, others: ReadonlyMap<string, unknown>): string {
  const path = readMountPath(name)
  if (others.has(path)) throw invalid(`An issuer is at "${path}" already; choose another path.`)
  if (others.has('') || (path === '' && others.size > 0)) {
    throw invalid('An issuer at the root ("") must be the only one of its host; give each a path of its own.')
  }
  for (const other of others.keys()) {
    const [inner, outer] = path.length > other.length ? [path, other] : [other, path]
    if (!liesUnderEndpoint(inner, outer)) continue
    throw invalid(`An issuer at "${inner}" would take the requests to an endpoint of the one at "${outer}"; choose another path.`)
  }
  const { faults = [], ...settings } = options
  for (const fault of faults) readFault(fault)
  const { configuredName } = readSettings(settings)
  if (path !== '' && configuredName !== undefined && issuerPath(configuredName) !== path) {
    throw invalid(`The option "issuer" must be a URL that ends in the issuer's path, ${path}; "${configuredName}" does not.`)
  }
  return path
}

function invalid(message: string): MockIssuerError {
  return new MockIssuerError('invalid_option', message)
}
