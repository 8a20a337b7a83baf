import { ConfigurationError } from '@bailiwick/protocol'

/**
 * @param of what they are the members of; `undefined` for the options themselves
 * @throws {ConfigurationError} for a member that there is no option for: a typo would else be a setting that is not there
 */
export function requireKnownOptions(options: object, known: readonly string[], of?: string): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw new ConfigurationError(`${of === undefined ? '' : `${of}: `}there is no option "${stranger}": there are ${known.join(', ')}.`)
  }
}
