import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createTestKey } from '../test/token-factory.js'
import { audience, claims, createVerifier, issuer, key, now, nowSeconds, rsaKey } from '../test/verifier-fixture.js'
import { outcome } from '../test/verdict.js'
import { createJwtVerifier } from './jwt-verifier.js'

const request = { method: 'GET', url: '/orders', headers: new Headers() }
/** Not the list of the code, which would have a test less for each that it lost. */
const everyAlgorithm = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

describe('a good token', () => {
  it.each(everyAlgorithm)('signed with %s is accepted', async (alg) => {
    const { jwk, sign } = await createTestKey('its-kid', alg)
    const verifier = createVerifier({ keys: { jwks: { keys: [jwk] } } })
    const { expiresAt } = await verifier.verify(await sign(claims))
    expect(expiresAt).toBe(nowSeconds + 300)
  })

  it('gives the issuer, the end and the claims', async () => {
    const token = await createVerifier().verify(await key.sign({ ...claims, account_nr: '42' }))
    expect(token).toEqual({ issuer, expiresAt: nowSeconds + 300, claims: { ...claims, account_nr: '42' } })
  })

  it('is frozen in depth, and holds no part of what could be presented again', async () => {
    const signed = await key.sign({ ...claims, realm_access: { roles: ['clerk'] } })
    const token = await createVerifier().verify(signed)
    const roles = (token.claims.realm_access as { roles: string[] }).roles
    expect(() => roles.push('admin')).toThrow(TypeError)
    expect(Object.isFrozen(token)).toBe(true)
    expect(JSON.stringify(token)).not.toContain(signed.split('.')[2])
  })

  it('needs no kid when a key fits', async () => {
    expect(await outcome(createVerifier().verify(await key.sign(claims, { kid: undefined })))).toBe('accepted')
  })

  it('may be presented as Bearer, and under no other scheme', async () => {
    const token = await key.sign(claims)
    expect(await outcome(createVerifier().verify(token, { scheme: 'Bearer', request }))).toBe('accepted')
    for (const scheme of ['DPoP', 'Basic', undefined]) {
      const verified = createVerifier().verify(token, { scheme: scheme as never, request })
      expect(await outcome(verified)).toBe('invalid_token scheme_unsupported')
    }
  })

  it('may have a claim named __proto__, which gives nothing', async () => {
    const payload = JSON.stringify(claims).replace('{', '{"__proto__":{"role":"admin"},')
    const token = await createVerifier().verify(await key.sign(payload))
    expect(token.claims.role).toBeUndefined()
    expect(Object.getPrototypeOf(token.claims)).toBe(Object.prototype)
  })
})

describe('an option', () => {
  it('audience takes several, and null for any', async () => {
    const token = await key.sign({ ...claims, aud: 'orders-v1' })
    expect(await outcome(createVerifier({ audience: [audience, 'orders-v1'] }).verify(token))).toBe('accepted')
    expect(await outcome(createVerifier({ audience: null }).verify(token))).toBe('accepted')
    expect(await outcome(createVerifier().verify(token))).toBe('invalid_token audience_mismatch')
  })

  it('algorithms narrows what is accepted, and is not changed by changing the list', async () => {
    const algorithms: ('ES256' | 'RS256')[] = ['RS256']
    const verifier = createVerifier({ algorithms })
    algorithms.push('ES256')
    expect(await outcome(verifier.verify(await rsaKey.sign(claims)))).toBe('accepted')
    expect(await outcome(verifier.verify(await key.sign(claims)))).toBe('invalid_token algorithm_not_allowed')
  })

  it('profile rfc9068 demands the type and the claims of the RFC', async () => {
    const verifier = createVerifier({ profile: 'rfc9068' })
    const { jti: _, ...withoutJti } = claims
    expect(await outcome(verifier.verify(await key.sign(claims, { typ: 'at+jwt' })))).toBe('accepted')
    expect(await outcome(verifier.verify(await key.sign(claims, { typ: 'JWT' })))).toBe('invalid_token token_type_rejected')
    expect(await outcome(verifier.verify(await key.sign(claims)))).toBe('invalid_token token_type_rejected')
    expect(await outcome(verifier.verify(await key.sign(withoutJti, { typ: 'at+jwt' })))).toBe('invalid_token claim_missing')
  })

  it('clockToleranceSeconds forgives so much, and nothing is forgiven by default', async () => {
    const expired = await key.sign({ ...claims, exp: nowSeconds - 5 })
    expect(await outcome(createVerifier({ clockToleranceSeconds: 6 }).verify(expired))).toBe('accepted')
    expect(await outcome(createVerifier({ clockToleranceSeconds: 5 }).verify(expired))).toBe('invalid_token token_expired')
    expect(await outcome(createVerifier().verify(expired))).toBe('invalid_token token_expired')
  })

  it('maxTokenAgeSeconds refuses what is older, or does not say', async () => {
    const verifier = createVerifier({ maxTokenAgeSeconds: 60 })
    expect(await outcome(verifier.verify(await key.sign(claims)))).toBe('accepted')
    expect(await outcome(verifier.verify(await key.sign({ ...claims, iat: nowSeconds - 61 })))).toBe('invalid_token token_too_old')
    expect(await outcome(verifier.verify(await key.sign({ ...claims, iat: undefined })))).toBe('invalid_token claim_missing')
  })

  it('requiredClaims names what must be there', async () => {
    const verifier = createVerifier({ requiredClaims: ['account_nr'] })
    expect(await outcome(verifier.verify(await key.sign({ ...claims, account_nr: '' })))).toBe('accepted')
    expect(await outcome(verifier.verify(await key.sign(claims)))).toBe('invalid_token claim_missing')
  })

  it('maxTokenBytes is where a token begins to be too large', async () => {
    const token = await key.sign(claims)
    expect(await outcome(createVerifier({ maxTokenBytes: token.length }).verify(token))).toBe('accepted')
    expect(await outcome(createVerifier({ maxTokenBytes: token.length - 1 }).verify(token))).toBe('invalid_token token_too_large')
  })

  it.each([{ keys: undefined }, { keys: { jwksUri: `${issuer}/jwks` } }])(
    'timeoutMs is how long it waits for the issuer: %j',
    async (keys) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const verifier = createVerifier({ ...keys, timeoutMs: 50, fetch: () => new Promise(() => {}) })
      const verdict = outcome(verifier.verify(await key.sign(claims)))
      await vi.advanceTimersByTimeAsync(50).finally(() => vi.useRealTimers())
      expect(await verdict).toBe('unavailable keys_unavailable')
    },
  )

  it.each([
    [{ issuer: '' }, 'issuer must be'],
    [{ issuer: undefined }, 'issuer must be'],
    [{ audience: undefined }, 'audience must be'],
    [{ audience: '' }, 'audience must be'],
    [{ audience: [] }, 'audience must be'],
    [{ audience: [''] }, 'audience must be'],
    [{ algorithms: [] }, 'algorithms must be'],
    [{ algorithms: ['HS256'] }, 'algorithms must be'],
    [{ algorithms: ['none'] }, 'algorithms must be'],
    [{ algorithms: 'RS256' }, 'algorithms must be'],
    [{ profile: 'at+jwt' }, "profile must be 'jwt' or 'rfc9068'"],
    [{ clockToleranceSeconds: -1 }, 'clockToleranceSeconds must be a number, from 0 to 300'],
    [{ clockToleranceSeconds: 301 }, 'clockToleranceSeconds must be a number, from 0 to 300'],
    [{ clockToleranceSeconds: Number.NaN }, 'clockToleranceSeconds must be a number, from 0 to 300'],
    [{ maxTokenAgeSeconds: 0 }, 'maxTokenAgeSeconds must be a number, at least 1'],
    [{ maxTokenAgeSeconds: Number.NaN }, 'maxTokenAgeSeconds must be a number, at least 1'],
    [{ maxTokenBytes: Number.POSITIVE_INFINITY }, 'maxTokenBytes must be a number, at least 1'],
    [{ timeoutMs: 0 }, 'timeoutMs must be a number, from 1 to 60000'],
    [{ requiredClaims: 'sub' }, 'requiredClaims must be a list'],
    [{ requiredClaims: [1] }, 'requiredClaims must be a list'],
    [{ keys: {} }, 'keys must be { jwks }, { jwksUri }, or what createRemoteJwks gave'],
    [{ keys: 'https://login.example.com/jwks' }, 'keys must be'],
    [{ keys: { jwksUri: 'http://login.example.com/jwks' } }, 'jwksUri must be an https URL'],
    [{ keys: { jwks: { keys: [] } } }, 'keys.jwks has no key'],
    [{ keys: undefined, issuer: 'login.example.com' }, 'issuer must be an absolute https URL'],
    [{ now: 0 }, 'now must be a function'],
    [{ fetch: 'fetch' }, 'fetch must be a function'],
    [{ clockTolerance: 5 }, 'createJwtVerifier has no option "clockTolerance": it has issuer, audience'],
    [{ keys: undefined, issuer: 'https://login.example.com/.well-known/openid-configuration' }, 'leave out /.well-known/'],
  ])('that cannot work is refused with the fix: %o', (options, message) => {
    const create = () => createVerifier(options as never)
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(message)
  })
})

describe('createJwtVerifier', () => {
  it('names its issuer, and fetches nothing until a token comes', () => {
    let fetches = 0
    const verifier = createJwtVerifier({ issuer, audience, now: () => now, fetch: () => Promise.reject(new Error(`${(fetches += 1)}`)) })
    expect(verifier.issuers).toEqual([issuer])
    expect(fetches).toBe(0)
  })

  it('takes an issuer that is no URL when the keys are given', async () => {
    const verifier = createVerifier({ issuer: 'orders-issuer' })
    expect(await outcome(verifier.verify(await key.sign({ ...claims, iss: 'orders-issuer' })))).toBe('accepted')
  })
})

it('says of a token of another environment which key it wants, where that is missing, and where the token claims to be from', async () => {
  const jwksUri = 'https://login.example.com/jwks?secret=x'
  const fetch = () => Promise.resolve(Response.json({ keys: [key.jwk] }))
  const verifier = createVerifier({ keys: { jwksUri }, fetch })
  const staging = await createTestKey('staging-key')
  const token = await staging.sign({ ...claims, iss: 'https://staging.example.com' })
  await expect(verifier.verify(token)).rejects.toMatchObject({
    code: 'key_not_found',
    detail:
      'no key "staging-key" at https://login.example.com/jwks; the token, unverified, says that its iss is "https://staging.example.com"',
  })
})
