import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import { ClientError } from '../client-error.js'
import { TokenSet, type TokenSetMembers } from '../token-set.js'
import type { Connection } from './connection.js'
import { fitClaims } from './id-token-claims.js'
import { isTokenText } from './token-text.js'

const optionalTexts = ['scope', 'refreshToken', 'idToken', 'keyThumbprint'] as const

/**
 * Takes back the text of a token set. Its form is checked, whose it is, that it is bound to the client's key if that has one and else to none, and that the claims (those of its ID token) still fit the schema, which may
 * have changed since. Signatures are *not* checked again: the text must have been kept where nobody could write it.
 *
 * @throws {ClientError} `response_invalid`
 */
export async function parseTokenSet<Claims>(
  { settings, senderKey }: Pick<Connection<Claims>, 'settings' | 'senderKey'>,
  text: string,
): Promise<TokenSet<Claims>> {
  const members = readMembers(text)
  if (members === undefined)
    throw new ClientError('response_invalid', 'The text is no token set: write it with formatTokenSet, not JSON.stringify.')
  if (members.issuer !== settings.issuer || members.clientId !== settings.clientId) {
    throw new ClientError('response_invalid', 'The token set is of another issuer or client.')
  }
  if (members.tokenType !== (senderKey ? 'DPoP' : 'Bearer') || members.keyThumbprint !== (await senderKey?.thumbprint())) {
    throw new ClientError(
      'response_invalid',
      'The token set is bound to another key than that of the client, or one of the two has none: see dpop.',
    )
  }
  const claims = members.idToken === undefined ? undefined : await fitClaims(settings.claims, decodeClaims(members.idToken))
  return new TokenSet<Claims>({ ...members, claims })
}

function readMembers(text: string): TokenSetMembers | undefined {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return undefined
  }
  if (!isJsonObject(value)) return undefined
  const { issuer, clientId, accessToken, tokenType, receivedAt, expiresAt, authorizationDetails } = value
  if (typeof issuer !== 'string' || typeof clientId !== 'string' || typeof accessToken !== 'string') return undefined
  if (tokenType !== 'Bearer' && tokenType !== 'DPoP') return undefined
  if (typeof receivedAt !== 'number' || (expiresAt !== undefined && typeof expiresAt !== 'number')) return undefined
  if (authorizationDetails !== undefined && !Array.isArray(authorizationDetails)) return undefined
  if (!isTokenText(accessToken) || (typeof value.refreshToken === 'string' && !isTokenText(value.refreshToken))) return undefined
  if (optionalTexts.some((name) => value[name] !== undefined && typeof value[name] !== 'string')) return undefined
  const texts = Object.fromEntries(optionalTexts.map((name) => [name, value[name]])) as Pick<
    TokenSetMembers,
    (typeof optionalTexts)[number]
  >
  return { ...texts, issuer, clientId, accessToken, tokenType, receivedAt, expiresAt, authorizationDetails }
}

function decodeClaims(idToken: string): unknown {
  try {
    return decodeJwt(idToken)
  } catch (cause) {
    throw new ClientError('response_invalid', 'The ID token of the token set cannot be read.', { cause })
  }
}
