import type { MockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import type { IdTokenClaims } from '../src/client-options.js'
import { TokenSet } from '../src/token-set.js'

const redirectUri = 'https://app.example.com/callback'
const verifier = 'a-verifier-of-an-example-that-is-long-enough-for-pkce'

/** The tokens of a user who has logged in to the default client `app`, got without the package that is under test. */
export async function loggedIn(issuer: Pick<MockIssuer, 'issuer' | 'fetch' | 'clock'>, sub = 'john'): Promise<TokenSet<IdTokenClaims>> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: 'openid orders_read',
    code_challenge: Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString('base64url'),
    code_challenge_method: 'S256',
  })
  const redirect = await issuer.fetch(`${issuer.issuer}/authorize?${query}`, { headers: { 'mock-user': sub }, redirect: 'manual' })
  const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const answer = await issuer.fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'app',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  })
  const { access_token, refresh_token, id_token, expires_in, scope } = (await answer.json()) as Record<string, string> & {
    expires_in: number
  }
  if (access_token === undefined || id_token === undefined) throw new Error(`no login: ${answer.status}`)
  const receivedAt = Math.floor(issuer.clock.now() / 1000)
  return new TokenSet<IdTokenClaims>({
    issuer: issuer.issuer,
    clientId: 'app',
    accessToken: access_token,
    tokenType: 'Bearer',
    receivedAt,
    expiresAt: receivedAt + expires_in,
    scope,
    refreshToken: refresh_token,
    idToken: id_token,
    claims: decodeJwt(id_token) as unknown as IdTokenClaims,
  })
}
