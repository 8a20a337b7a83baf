import type { AttackOptions } from '../../attack-options.js'
import type { ForgeryName } from '../../forgeries.js'
import { forgeries } from '../../forgeries.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'

/** The options of an attack, checked. */
export interface AttackSettings {
  readonly url: URL
  readonly method: string
  readonly profile: 'jwt' | 'rfc9068'
  readonly algorithms: readonly SigningAlgorithm[]
  readonly names: readonly ForgeryName[]
  readonly concurrency: number
  readonly timeoutMs: number
  readonly readyWithinMs: number
}

/**
 * Reads the options of an attack.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readAttackSettings(options: AttackOptions): AttackSettings {
  const { method = 'GET', profile = 'jwt', algorithm, concurrency = 4, timeoutMs = 5000, readyWithinMs = 0 } = options
  const carriesCredentials = Object.keys(options.headers ?? {}).some((name) => /^(authorization|cookie)$/i.test(name))
  const names = options.forgeries ?? (Object.keys(forgeries) as ForgeryName[])
  const text = String(options.url)
  check(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'url', `an http or https URL, not "${text}"`)
  // They would go as an Authorization header beside that of the forgery.
  check(new URL(text).username === '' && new URL(text).password === '', 'url', 'free of credentials')
  check(!carriesCredentials, 'headers', 'free of authorization and cookie, where the forgeries go')
  check(/^[A-Z]{1,32}$/.test(method), 'method', `an HTTP method in upper case, not "${method}"`)
  check(profile === 'jwt' || profile === 'rfc9068', 'profile', `jwt or rfc9068, not "${profile}"`)
  check(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 64, 'concurrency', 'a whole number from 1 to 64')
  check(Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= 600_000, 'timeoutMs', 'a whole number of milliseconds, 1 to 600,000')
  check(Number.isInteger(readyWithinMs) && readyWithinMs >= 0, 'readyWithinMs', 'a whole number of milliseconds')
  const unknown = names.find((name) => !Object.hasOwn(forgeries, name))
  check(unknown === undefined, 'forgeries', `a list of names of forgeries; "${unknown}" is none`)
  const algorithms: readonly SigningAlgorithm[] = algorithm === undefined ? ['ES256', 'RS256'] : [algorithm]
  return { url: new URL(text), method, profile, algorithms, names, concurrency, timeoutMs, readyWithinMs }
}

function check(condition: boolean, option: string, expected: string): asserts condition {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" of the attack must be ${expected}.`)
}
