import { createHmac, createPublicKey, X509Certificate } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { createAttacker } from './attacker.js'
import { createMockIssuer } from './create-mock-issuer.js'
import { forgeries } from './forgeries.js'
import type { Forge, ForgeryName, ForgeryVariantName } from './forgeries.js'
import type { ForgeOptions } from './forgery.js'
import type { MockIssuer } from './mock-issuer.js'

const good = { sub: 'john', scope: 'orders_read', account_nr: '42' }
let issuer: MockIssuer

beforeAll(async () => {
  issuer = await createMockIssuer({ audience: 'orders-api' })
  await issuer.accessToken(good, { algorithm: 'RS256' })
})

async function isAcceptedByJose(token: string): Promise<boolean> {
  const keys = createLocalJWKSet(await issuer.jwks())
  const options = { issuer: issuer.issuer, audience: 'orders-api', typ: 'at+jwt', requiredClaims: ['exp'] }
  return jwtVerify(token, keys, options).then(
    () => true,
    () => false,
  )
}

function make(name: ForgeryName, variant: string, options: ForgeOptions<never> = {}): Promise<string> {
  return forgeries[name].make(issuer, good, { ...options, variant: variant as never })
}

const all = Object.values(forgeries).flatMap((forgery) => forgery.variants.map((variant) => ({ forgery, variant })))

test('has a name, a text and a section of an RFC for each, and at least one way to make it', () => {
  for (const [name, forgery] of Object.entries(forgeries)) {
    expect(forgery.name).toBe(name)
    expect(forgery.title.length).toBeLessThan(60)
    expect(forgery.description).toMatch(/^[A-Z].{20,}\.$/)
    expect(forgery.rfc.url).toBe(`https://www.rfc-editor.org/rfc/rfc${forgery.rfc.number}#section-${forgery.rfc.section}`)
    expect(forgery.variants.length).toBeGreaterThan(0)
  }
})

test('makes the same kind of token as the issuer does, but for the fault: the good one is accepted', async () => {
  expect(await isAcceptedByJose(await issuer.accessToken(good))).toBe(true)
  expect(await isAcceptedByJose(await issuer.accessToken(good, { algorithm: 'RS256' }))).toBe(true)
})

test('has jose refuse every token that its rules are about', async () => {
  const accepted = []
  for (const { forgery, variant } of all) {
    const token = await make(forgery.name, variant.name)
    const isRequest = !Object.hasOwn(issuer.forge, forgery.name)
    if (!isRequest && (await isAcceptedByJose(token))) accepted.push(`${forgery.name}.${variant.name}`)
  }
  // What is not about the signature, the type and the registered claims is for an API to refuse.
  expect(accepted).toEqual([
    'b64False.undeclared',
    'nonCanonicalBase64.padding',
    'nonCanonicalBase64.whiteSpace',
    'nonCanonicalBase64.unusedBits',
    'nestedJwt.claims',
    'expMilliseconds.only',
    'issuedAtInMilliseconds.only',
    'unboundConfirmation.only',
    'wrongCnf.only',
    'unknownConfirmation.unknown',
    'unknownConfirmation.empty',
    'unknownConfirmation.text',
    'missingScope.none',
    'missingScope.other',
    'missingScope.startsAlike',
    'missingScope.contains',
    'missingScope.otherCase',
    'scopeAsArray.list',
    'scopeAsArray.listWithSpaces',
    'scopeAsArray.object',
    'missingClaim.sub',
    'missingClaim.client_id',
    'missingClaim.iat',
    'missingClaim.jti',
    'deepJson.claims',
    'deepJson.header',
    'hugeToken.claims',
  ])
})

describe('a token under a public key', () => {
  test('verifies for who takes the RSA key in PEM for a secret', async () => {
    const token = await make('hmacWithPublicKey', 'rsaPem')
    const jwk = (await issuer.jwks()).keys.find(({ alg }) => alg === 'RS256')
    const secret = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: jwk?.kid })
    expect(token.split('.')[2]).toBe(hmac(token, secret))
  })

  test.each([
    ['rsaPkcs1Pem', 'RS256', { type: 'pkcs1', format: 'pem' }],
    ['rsaDer', 'RS256', { type: 'spki', format: 'der' }],
    ['ecPem', 'ES256', { type: 'spki', format: 'pem' }],
    ['ecDer', 'ES256', { type: 'spki', format: 'der' }],
  ] as const)('and so in the form %s', async (variant, algorithm, form) => {
    const jwk = (await issuer.jwks()).keys.find(({ alg }) => alg === algorithm)
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    const secret = form.format === 'pem' ? key.export({ type: form.type, format: 'pem' }) : key.export({ type: form.type, format: 'der' })
    const token = await make('hmacWithPublicKey', variant)
    expect(token.split('.')[2]).toBe(hmac(token, secret))
  })

  test('or under an empty secret', async () => {
    const token = await make('guessableSecret', 'empty')
    expect(token.split('.')[2]).toBe(hmac(token, ''))
  })
})

describe("an attacker's token", () => {
  test('verifies with the key that it brings', async () => {
    const { payload } = await jwtVerify(await make('embeddedJwk', 'issuersKid'), EmbeddedJWK)
    expect(payload).toMatchObject({ ...good, iss: issuer.issuer, aud: 'orders-api' })
  })

  test('points to where the attacker is, whose key set has the key', async () => {
    const attacker = createAttacker({ url: 'https://keys.attacker.example' })
    const token = await make('jku', 'attackersKid', { attacker: attacker.at('here') })
    expect(decodeProtectedHeader(token)).toMatchObject({ jku: 'https://keys.attacker.example/here/jwks.json' })
    const { payload } = await jwtVerify(token, createLocalJWKSet(await attacker.jwks()))
    expect(payload.sub).toBe('john')
  })

  test('brings a certificate for the key that it is signed with', async () => {
    const attacker = createAttacker()
    const token = await make('x5c', 'issuersKid', { attacker })
    const { x5c = [] } = decodeProtectedHeader(token)
    const [leaf, authority] = x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')))
    await expect(jwtVerify(token, leaf!.publicKey)).resolves.toMatchObject({ payload: { sub: 'john' } })
    expect(leaf!.verify(authority!.publicKey)).toBe(true)
    expect(await attacker.certificates()).toContain(leaf!.toString().trim())
  })
})

test('takes the seconds by which a token has expired, and the claims that it has beside', async () => {
  const nowSeconds = Math.floor(issuer.clock.now() / 1000)
  const claims = decodeJwt(await issuer.forge.expiredBy(90, good))
  expect(claims).toMatchObject(good)
  expect(nowSeconds - (claims.exp ?? 0)).toBeGreaterThanOrEqual(89)
  expect(nowSeconds - (claims.exp ?? 0)).toBeLessThanOrEqual(90)
})

test('keeps to the contract in what a forgery is made from, unless that is to be broken too', async () => {
  const strict = await createMockIssuer({ contract: { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } } })
  await expect(strict.forge.algNone({ scope: 'orders_read' })).rejects.toMatchObject({ code: 'contract_broken' })
  const token = await strict.forge.algNone({ scope: 'orders_read' }, { breakContract: true })
  expect(decodeProtectedHeader(token).alg).toBe('none')
})

test('has types that know each forgery and its variants, and offer no token for what is wrong in the request', () => {
  expectTypeOf<ForgeryVariantName<'b64False'>>().toEqualTypeOf<'declared' | 'undeclared'>()
  expectTypeOf<keyof Forge>().toEqualTypeOf<
    Exclude<ForgeryName, 'twoAuthorizationHeaders' | 'tokenInQuery' | 'tokenInCookie' | 'otherScheme' | 'lowerCaseScheme'>
  >()
  expect(Object.keys(issuer.forge).length).toBe(Object.keys(forgeries).length - 5)
})

test('names the variants that there are when one is asked for that there is not', async () => {
  await expect(make('b64False', 'toString')).rejects.toThrow(
    'The forgery "b64False" has no variant "toString"; it has declared, undeclared.',
  )
})

function hmac(token: string, secret: string | Buffer): string {
  return createHmac('sha256', secret)
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('base64url')
}
