import type { AttackOptions } from '../../attack-options.js'
import type { ForgeryName } from '../../forgeries.js'
import { forgeries } from '../../forgeries.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { didYouMean } from '../config/did-you-mean.js'

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

/** What an option is called by the one who gave it. */
export type OptionName = (option: keyof AttackOptions) => string

/**
 * Reads the options of an attack.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readAttackSettings(options: Omit<AttackOptions, 'issuer'>, nameOf: OptionName = optionName): AttackSettings {
  const { method = 'GET', profile = 'jwt', algorithm, concurrency = 4, timeoutMs = 5000, readyWithinMs = 0 } = options
  const carriesCredentials = Object.keys(options.headers ?? {}).some((name) => /^(authorization|cookie)$/i.test(name))
  const url = readUrl()
  check(!carriesCredentials, 'headers', 'free of authorization and cookie, where the forgeries go')
  check(/^[A-Z]{1,32}$/.test(method), 'method', `an HTTP method in upper case, not "${method}"`)
  check(profile === 'jwt' || profile === 'rfc9068', 'profile', `jwt or rfc9068, not "${profile}"`)
  check(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 64, 'concurrency', 'a whole number from 1 to 64')
  check(Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= 600_000, 'timeoutMs', 'a whole number of milliseconds, 1 to 600,000')
  check(Number.isInteger(readyWithinMs) && readyWithinMs >= 0, 'readyWithinMs', 'a whole number of milliseconds')
  const names = readNames()
  const algorithms: readonly SigningAlgorithm[] = algorithm === undefined ? ['ES256', 'RS256'] : [algorithm]
  return { url, method, profile, algorithms, names, concurrency, timeoutMs, readyWithinMs }

  function readUrl(): URL {
    const text = String(options.url)
    const isHttp = (candidate: string) => URL.canParse(candidate) && /^https?:$/.test(new URL(candidate).protocol)
    const meant = /^[\w.-]+:\d+/.test(text) && isHttp(`http://${text}`) ? `. Did you mean http://${text}?` : undefined
    check(isHttp(text), 'url', `an http or https URL, not "${text}"`, meant)
    // They would go as an Authorization header beside that of the forgery.
    check(new URL(text).username === '' && new URL(text).password === '', 'url', 'free of credentials')
    return new URL(text)
  }

  function readNames(): readonly ForgeryName[] {
    const known = Object.keys(forgeries) as ForgeryName[]
    const wanted = options.forgeries ?? known
    check(wanted.length > 0, 'forgeries', 'a list of at least one forgery')
    const unknown = wanted.find((name) => !Object.hasOwn(forgeries, name))
    const meant = unknown === undefined ? undefined : didYouMean(unknown, known)
    check(unknown === undefined, 'forgeries', `names of forgeries; "${unknown}" is none`, meant && `. Did you mean ${meant}?`)
    return [...new Set(wanted)]
  }

  function check(condition: boolean, option: keyof AttackOptions, expected: string, end = '.'): asserts condition {
    if (!condition) throw new MockIssuerError('invalid_option', `${nameOf(option)} must be ${expected}${end}`)
  }
}

function optionName(option: keyof AttackOptions): string {
  return `The option "${option}" of the attack`
}
