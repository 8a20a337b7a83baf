import { expect, test } from 'vitest'
import { TokenSet } from '../../token-set.js'
import { findShortcoming, requireDemands } from './device-authentication.js'

const issuedAt = 1_800_000_000

/** A token set whose ID token, verified long since, has these claims. */
function tokensWith(claims: Record<string, unknown> | undefined): TokenSet {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return new TokenSet({
    issuer: 'https://login.example.com',
    clientId: 'shop-cli',
    accessToken: 'a',
    tokenType: 'Bearer',
    receivedAt: issuedAt,
    idToken: claims && `${encoded({ alg: 'ES256' })}.${encoded({ sub: 'john', iat: issuedAt, ...claims })}.c2ln`,
  })
}

const strong = { acrValues: ['urn:strong', 'urn:stronger'], requireAcr: true }

test.each([
  ['nothing', {}, undefined],
  ['a wish for an acr', { acrValues: ['urn:strong'] }, {}],
  ['one of the values', strong, { acr: 'urn:stronger' }],
  ['a login a moment ago', { maxAgeSeconds: 300 }, { auth_time: issuedAt - 300 }],
  ['a login right now, which took half a minute', { maxAgeSeconds: 0 }, { auth_time: issuedAt - 30 }],
])('is content when it demands %s', (_, demanded, claims) => {
  expect(findShortcoming(tokensWith(claims), demanded)).toBeUndefined()
})

test.each([
  ['no ID token', strong, undefined, 'ask for openid'],
  ['no ID token for an age', { maxAgeSeconds: 300 }, undefined, 'ask for openid'],
  ['another acr', strong, { acr: 'urn:weak' }, 'none of those that were required'],
  ['no acr', strong, {}, 'none of those that were required'],
  ['an acr that is no text', strong, { acr: ['urn:strong'] }, 'none of those that were required'],
  ['no auth_time', { maxAgeSeconds: 300 }, {}, 'does not say when'],
  ['an auth_time that is no number', { maxAgeSeconds: 300 }, { auth_time: String(issuedAt) }, 'does not say when'],
  ['a login too long ago', { maxAgeSeconds: 300 }, { auth_time: issuedAt - 331 }, 'longer ago than maxAgeSeconds'],
])('finds %s', (_, demanded, claims, message) => {
  expect(findShortcoming(tokensWith(claims), demanded)).toMatchObject({
    code: 'response_invalid',
    message: expect.stringContaining(message),
  })
})

test.each([{ requireAcr: true }, { requireAcr: true, acrValues: [] }, { maxAgeSeconds: -1 }, { maxAgeSeconds: 0.5 }])(
  'refuses the demand %j, which startLogin refuses too',
  (demanded) => {
    expect(() => requireDemands(demanded)).toThrow(expect.objectContaining({ code: 'configuration_invalid' }))
  },
)
