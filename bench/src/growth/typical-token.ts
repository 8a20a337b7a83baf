import { randomBytes, randomUUID } from 'node:crypto'
import { audience } from '../issuer/issuer.js'
import type { SigningKey } from '../issuer/signing-key.js'

/** The issuer of tokens whose keys are given, so that nothing is fetched. */
export const issuerName = 'https://login.example.com'

/** With the claims that RFC 9068 §2.2 requires, and no others: 430 characters with ES256. */
export function signSmallToken(key: SigningKey, issuer: string = issuerName): string {
  return key.sign({ header: { typ: 'at+jwt' }, claims: neededClaims(issuer) })
}

/** With the claims that access tokens of users commonly have as well: 800 characters with ES256. */
export function signTypicalToken(key: SigningKey, issuer: string = issuerName): string {
  return key.sign({ header: { typ: 'at+jwt' }, claims: { ...neededClaims(issuer), ...usualClaims() } })
}

/** With a list of 40 permissions as well: 2,100 characters with ES256. */
export function signLargeToken(key: SigningKey, issuer: string = issuerName): string {
  const permissions = Array.from({ length: 40 }, (_, n) => `orders:region-${n}:read`)
  return key.sign({ header: { typ: 'at+jwt' }, claims: { ...neededClaims(issuer), ...usualClaims(), permissions } })
}

/** No two tokens are the same. */
function neededClaims(iss: string): Record<string, unknown> {
  const iat = Math.floor(Date.now() / 1000)
  return { iss, aud: audience, sub: randomUUID(), client_id: 'web-shop', iat, exp: iat + 3600, jti: randomUUID() }
}

function usualClaims(): Record<string, unknown> {
  return {
    scope: 'openid profile orders_read orders_write',
    sid: randomBytes(16).toString('hex'),
    auth_time: Math.floor(Date.now() / 1000) - 60,
    acr: 'urn:example:mfa',
    amr: ['pwd', 'otp'],
    account_nr: randomBytes(5).toString('hex'),
    roles: ['clerk', 'manager'],
    preferred_username: 'john',
    region: 'eu-north',
  }
}
