/**
 * The base class of every error that a Bailiwick package throws. The message is for operators: it names the cause and, where
 * there is one, the fix. It never holds a token, and must not be sent to a client.
 */
export abstract class BailiwickError<Code extends string = string> extends Error {
  /** A stable, machine-readable reason: switch on this, never on the message. */
  declare readonly code: Code

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.name = new.target.name
  }
}

/**
 * An option or declaration that cannot work. It is thrown when the option is given, not when a request comes. The message names
 * the option and the fix.
 */
export class ConfigurationError extends BailiwickError<'configuration_invalid'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super('configuration_invalid', message, options)
    // Minifiers shorten the name of the class.
    this.name = 'ConfigurationError'
  }
}
