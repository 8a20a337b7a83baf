import { ConfigurationError } from '@bailiwick/protocol'
import type { TokenSet } from '../token-set.js'
import type { Connection } from './connection.js'
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

/**
 * Keeps tokens that are bound to a key (RFC 9449 §5) from being used with another: the server would take them for stolen, and with them end the session. A set
 * that is bound to none passes, so that its next refresh binds it.
 *
 * @throws {ConfigurationError}
 */
export async function requireOwnKey(
  { senderKey }: Pick<Connection<unknown>, 'senderKey'>,
  { keyThumbprint }: TokenSet<unknown>,
): Promise<void> {
  if (keyThumbprint === undefined || keyThumbprint === (await senderKey?.thumbprint())) return
  const own = senderKey === undefined ? 'this client has none' : 'this client has another'
  throw new ConfigurationError(`the tokens are bound to a key, and ${own}: give dpop.keyPair that of them. Nothing was sent.`)
}
