import { ConfigurationError } from '@bailiwick/protocol'

/** Checks a number among the options; NaN and a string are caught too. */
export function checkNumber(name: string, value: number, { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): number {
  if (typeof value === 'number' && value >= min && value <= max) return value
  const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`
  throw new ConfigurationError(`${name} must be a number, ${range}; it is ${String(value)}`)
}
