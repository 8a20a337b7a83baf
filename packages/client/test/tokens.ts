import { TokenSet, type TokenSetMembers } from '../src/token-set.js'

/** A token set of an example, received at `receivedAt` (seconds) and good for 300 seconds. */
export function tokensOf(receivedAt: number, members: Partial<TokenSetMembers> = {}): TokenSet {
  return new TokenSet({
    issuer: 'https://login.example.com',
    clientId: 'service',
    accessToken: `token-${receivedAt}`,
    tokenType: 'Bearer',
    receivedAt,
    expiresAt: receivedAt + 300,
    ...members,
  })
}
