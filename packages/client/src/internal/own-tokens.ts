import { ConfigurationError } from '@bailiwick/protocol'
import type { TokenSet } from '../token-set.js'
import type { ClientSettings } from './client-settings.js'

/**
 * Keeps tokens from a server that they are not of: whoever has clients of two servers may mix them up.
 *
 * @throws {ConfigurationError}
 */
export function requireOwnTokens({ issuer, clientId }: ClientSettings<unknown>, tokens: TokenSet<unknown>): void {
  if (tokens.issuer === issuer && tokens.clientId === clientId) return
  throw new ConfigurationError(`the tokens are of the client "${tokens.clientId}" at ${tokens.issuer}: nothing was sent.`)
}
