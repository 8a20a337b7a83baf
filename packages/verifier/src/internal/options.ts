import { ConfigurationError, isJsonObject } from '@bailiwick/protocol'
import { isSigningAlgorithm, type SigningAlgorithm, signingAlgorithms } from '../algorithms.js'

/** Refuses unknown options: a misspelt one would silently leave its default in force. A non-object, such as a number, would too. */
export function checkOptionNames(of: string, options: object, known: readonly string[]): void {
  if (!isJsonObject(options)) throw new ConfigurationError(`${of} takes an object, with ${known.join(', ')}`)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new ConfigurationError(`${of} has no option ${JSON.stringify(unknown)}: it has ${known.join(', ')}`)
}

/** Checks a numeric option. NaN and strings are refused. */
export function checkNumber(name: string, value: number, { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): number {
  if (typeof value === 'number' && value >= min && value <= max) return value
  const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`
  throw new ConfigurationError(`${name} must be a number, ${range}; it is ${typeof value === 'object' ? 'an object' : String(value)}`)
}

/** Checks the given options that must be functions. */
export function checkFunctions(functions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(functions)) {
    if (value !== undefined && typeof value !== 'function') throw new ConfigurationError(`${name} must be a function, or left out`)
  }
}

/** Checks a list of algorithms, and copies it: changing the list later has no effect. */
export function checkAlgorithms(value: readonly SigningAlgorithm[]): readonly SigningAlgorithm[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isSigningAlgorithm)) return [...value]
  throw new ConfigurationError(
    `algorithms must be a list with some of ${signingAlgorithms.join(', ')}; the symmetric ones and none are not supported`,
  )
}
