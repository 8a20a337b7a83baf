import { ConfigurationError } from '@bailiwick/protocol'

/** @throws {ConfigurationError} for a member that there is no option for: a typo would else be a setting that is not there */
export function requireKnownOptions(options: object, known: readonly string[]): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name))
  if (stranger !== undefined) throw new ConfigurationError(`there is no option "${stranger}": there are ${known.join(', ')}.`)
}
