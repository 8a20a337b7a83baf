import { ConfigurationError } from '@bailiwick/protocol'

/** @throws {ConfigurationError} for what is no number, or one outside of the limits, which are allowed themselves */
export function within(name: string, value: number, least: number, most: number): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value
  throw new ConfigurationError(`${name} must be a number from ${least} to ${most}.`)
}
