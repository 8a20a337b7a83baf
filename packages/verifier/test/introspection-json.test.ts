import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../src/access-token-error.js'
import { active, createFakeIntrospection, createVerifier, json, keys, typed, verifierTold, without } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { claims as claimsOfJwt, issuer, key, nowSeconds } from './verifier-fixture.js'

const unavailable = 'unavailable introspection_unavailable'

function verdictOn(response: () => Response | Promise<Response>, options = {}) {
  return outcome(verifierTold(response, options).verify('opaque'))
}

async function failureOn(response: () => Response | Promise<Response>): Promise<AccessTokenError> {
  const error = await verifierTold(response)
    .verify('opaque')
    .catch((caught: unknown) => caught)
  if (error instanceof AccessTokenError) return error
  throw new Error('it did not fail as it should')
}

describe('an active token', () => {
  it('is given with what the server said of it, frozen in depth', async () => {
    const verified = await verifierTold(() => json({ ...active, address: { city: 'Berlin' } })).verify('opaque')
    const { active: _, ...claims } = active
    expect(verified).toEqual({ issuer, expiresAt: nowSeconds + 300, claims: { ...claims, address: { city: 'Berlin' } } })
    expect([verified, verified.claims, verified.claims.address].map((part) => Object.isFrozen(part))).toEqual([true, true, true])
  })

  it('is given without the token in another form, which could be presented', async () => {
    const jwt = await key.sign(claimsOfJwt)
    const verified = await verifierTold(() => json({ ...active, jwt, phantom_token: jwt })).verify('opaque')
    const { active: _, ...given } = active
    expect(verified.claims).toEqual(given)
    expect(JSON.stringify(verified)).not.toContain(jwt)
  })

  it('needs not say its issuer or its end', async () => {
    const { expiresAt, claims } = await verifierTold(() => json(without('iss', 'exp', 'iat'))).verify('opaque')
    expect(expiresAt).toBe(nowSeconds + 60)
    expect(Object.hasOwn(claims, 'exp')).toBe(false)
  })

  it('of unknown end is said to end with the answer', async () => {
    const told = () => json(without('exp'), { 'cache-control': 'max-age=20' })
    expect((await verifierTold(told).verify('opaque')).expiresAt).toBe(nowSeconds + 20)
    expect((await verifierTold(told, { cache: false }).verify('opaque')).expiresAt).toBe(nowSeconds + 60)
  })

  it.each([
    ['of another issuer', { ...active, iss: 'https://other.example.com' }, 'invalid_token issuer_mismatch'],
    ['with an issuer that is not a string', { ...active, iss: [issuer] }, 'invalid_token claim_invalid'],
    ['for another audience', { ...active, aud: 'billing-api' }, 'invalid_token audience_mismatch'],
    ['for no audience', without('aud'), 'invalid_token claim_missing'],
    ['for an audience that is not a string', { ...active, aud: [{ id: 'orders-api' }] }, 'invalid_token claim_invalid'],
    ['that has expired', { ...active, exp: nowSeconds }, 'invalid_token token_expired'],
    ['with an end that is not a number', { ...active, exp: String(nowSeconds + 300) }, 'invalid_token claim_invalid'],
    ['with an end of null', { ...active, exp: null }, 'invalid_token claim_invalid'],
    ['that is not valid yet', { ...active, nbf: nowSeconds + 1 }, 'invalid_token token_not_yet_valid'],
    ['with a subject that is not a string', { ...active, sub: 7 }, 'invalid_token claim_invalid'],
    ['that is a refresh token by its type', { ...active, token_type: 'refresh_token' }, 'invalid_token token_type_rejected'],
    ['that is a refresh token by its use', { ...active, token_use: 'refresh_token' }, 'invalid_token token_type_rejected'],
    ['that is a refresh token by its typ', { ...active, typ: 'Refresh' }, 'invalid_token token_type_rejected'],
    ['that is a refresh token by its typ in lower case', { ...active, typ: 'refresh' }, 'invalid_token token_type_rejected'],
    ['that is a refresh token by its purpose', { ...active, purpose: 'refresh_token' }, 'invalid_token token_type_rejected'],
    ['that is an ID token by its purpose', { ...active, purpose: 'ID_TOKEN' }, 'invalid_token token_type_rejected'],
    ['that is an ID token by its use', { ...active, token_use: 'id' }, 'invalid_token token_type_rejected'],
    ['that looks like an ID token', { ...without('token_type'), nonce: 'n' }, 'invalid_token token_type_rejected'],
    ['of an unknown type', { ...active, token_type: 'PoP' }, 'invalid_token token_type_rejected'],
    ['with a type that is not a string', { ...active, token_type: ['Bearer'] }, 'invalid_token claim_invalid'],
    ['of the type DPoP that is bound to nothing', { ...active, token_type: 'DPoP' }, 'invalid_token confirmation_invalid'],
    ['of the type dpop that is bound to nothing', { ...active, token_type: 'dpop' }, 'invalid_token confirmation_invalid'],
    ['that is bound to a key', { ...active, cnf: { jkt: 'A'.repeat(43) } }, 'invalid_token confirmation_unchecked'],
  ])('%s is refused', async (_, body, expected) => {
    expect(await verdictOn(() => json(body))).toBe(expected)
  })

  it.each([
    ['several audiences', { ...active, aud: ['billing-api', 'orders-api'] }],
    ['a nonce, where the server calls it an access token', { ...active, nonce: 'n' }],
    ['the type in lower case', { ...active, token_type: 'bearer' }],
    ['the type that says it is an access token', { ...active, token_type: 'access_token' }],
    ['a purpose that says it is an access token', { ...active, purpose: 'access_token' }],
    ['a purpose, and a typ, that say nothing of the kind', { ...active, purpose: 'refresh of the catalogue', typ: 7 }],
    ['members named like those of every object', JSON.parse('{"__proto__":{"aud":"x"},"active":true,"aud":"orders-api"}') as object],
  ])('with %s is accepted', async (_, body) => {
    expect(await verdictOn(() => json(body))).toBe('accepted')
  })

  it('without an audience is accepted if that is not to be checked', async () => {
    expect(await verdictOn(() => json(without('aud')), { audience: null })).toBe('accepted')
    const error = await failureOn(() => json(without('aud')))
    expect(error.detail).toBe(
      'aud: the server does not say for which API the token is. Have it say so in its introspection responses, or set audience: null ' +
        'if it calls no token active that is for another API',
    )
  })

  it('is held to the limits that are configured', async () => {
    const told = () => json(active)
    expect(await verdictOn(told, { requiredClaims: ['account_nr'] })).toBe('invalid_token claim_missing')
    expect(await verdictOn(told, { maxTokenAgeSeconds: 5 })).toBe('invalid_token token_too_old')
    expect(await verdictOn(() => json({ ...active, exp: nowSeconds - 2 }), { clockToleranceSeconds: 5 })).toBe('accepted')
  })
})

describe('a response with a member twice', () => {
  const after = (members: string) => `{${members},${JSON.stringify(active).slice(1)}`
  const before = (members: string) => `${JSON.stringify(active).slice(0, -1)},${members}}`

  it.each([
    ['that says both of active', after('"active":false')],
    ['that says it in other characters', after('"\\u0061ctive":false')],
    ['of two audiences', after('"aud":"billing-api"')],
    ['of two ends', before(`"exp":${nowSeconds + 1000}`)],
    ['that is bound to a key and to none', after('"cnf":{"jkt":"x"},"cnf":{}')],
    ['that says the same twice', after('"active":true')],
  ])('%s says nothing', async (_, body) => {
    expect(await verdictOn(() => json(body))).toBe(unavailable)
    expect(await verdictOn(() => json(body), { response: 'phantom', keys })).toBe(unavailable)
  })

  it('in an object in it, or a text, is not one', async () => {
    const body = before('"owner":{"active":{"active":false}},"note":"{\\"active\\":false}"')
    expect(await verdictOn(() => json(body))).toBe('accepted')
  })
})

describe('a token that is not active', () => {
  it('is refused, whatever else is said of it', async () => {
    expect(await verdictOn(() => json({ active: false }))).toBe('invalid_token token_inactive')
    expect(await verdictOn(() => json({ ...active, active: false }))).toBe('invalid_token token_inactive')
  })
})

describe('an answer that is none says nothing about the token', () => {
  it.each([
    ['active as a text', { ...active, active: 'true' }],
    ['active as a number', { ...active, active: 1 }],
    ['active as null', { ...active, active: null }],
    ['no active', without('active')],
    ['active in the prototype', '{"__proto__":{"active":true}}'],
    ['a list', [active]],
    ['null', 'null'],
    ['a text', '"active"'],
    ['nothing', ''],
    ['two objects', `${JSON.stringify(active)}${JSON.stringify(active)}`],
    ['half of an object', JSON.stringify(active).slice(0, -5)],
    ['an error', { error: 'invalid_client' }],
    ['too deep an object', `{"active":true,"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['too large an object', { ...active, filling: 'x'.repeat(70_000) }],
  ])('with %s', async (_, body) => {
    expect(await verdictOn(() => json(body))).toBe(unavailable)
  })

  it('with an active that all objects inherit', async () => {
    Reflect.defineProperty(Object.prototype, 'active', { value: true, configurable: true })
    try {
      expect(await verdictOn(() => json(without('active')))).toBe(unavailable)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'active')
    }
  })

  it.each(['text/html', 'text/plain', 'application/jwt', 'application/token-introspection+jwt', 'application/problem+json', ''])(
    'with the content type %j',
    async (contentType) => {
      expect(await verdictOn(() => typed(contentType, JSON.stringify(active)))).toBe(unavailable)
      expect(await verdictOn(() => typed(contentType, '{"active":false}'))).toBe(unavailable)
    },
  )

  it.each([201, 202, 204, 206, 400, 401, 403, 404, 405, 408, 418, 429, 500, 502, 503])('with the status %i', async (status) => {
    const body = status === 204 ? null : JSON.stringify(active)
    expect(await verdictOn(() => new Response(body, { status, headers: { 'content-type': 'application/json' } }))).toBe(unavailable)
  })

  it.each<[string, string, number, string]>([
    ['is one: it keeps no such tokens', '{"error":"unsupported_token_type"}', 400, 'invalid_token token_inactive'],
    ['is none with another status', '{"error":"unsupported_token_type"}', 401, unavailable],
    ['is none with another error', '{"error":"invalid_request"}', 400, unavailable],
    ['is none in a list', '[{"error":"unsupported_token_type"}]', 400, unavailable],
    ['is none in something that is not JSON', 'unsupported_token_type', 400, unavailable],
  ])('by which the server says that it does not know this type of token %s', async (_, body, status, expected) => {
    expect(await verdictOn(() => new Response(body, { status, headers: { 'content-type': 'application/json' } }))).toBe(expected)
  })

  it.each([301, 302, 307, 308])('with the redirect %i', async (status) => {
    expect(await verdictOn(() => new Response(null, { status, headers: { location: 'https://login.example.com/other' } }))).toBe(
      unavailable,
    )
  })

  it('with bytes that are not UTF-8', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"active":true,"sub":"'), 0xff, 0x22, 0x7d])
    expect(await verdictOn(() => new Response(bytes, { headers: { 'content-type': 'application/json' } }))).toBe(unavailable)
  })

  it('that never comes', async () => {
    expect(await verdictOn(() => new Promise<Response>(() => {}), { timeoutMs: 10 })).toBe(unavailable)
    expect(await verdictOn(() => Promise.reject(new TypeError('fetch failed')))).toBe(unavailable)
  })
})

describe('the error for an outage', () => {
  it('tells operators what to look at', async () => {
    const details = [400, 401, 403, 404, 406, 503].map(async (status) => (await failureOn(() => new Response('', { status }))).detail)
    expect(await Promise.all(details)).toEqual([
      'the server answered 400: it refused the request; check client and endpoint',
      'the server answered 401: it refused the client authentication; check client',
      'the server answered 403: this client may not ask about tokens',
      'the server answered 404: check that endpoint is the introspection endpoint',
      'the server answered 406: it has no answer on this token in the form that was asked for; check response',
      'the server answered 503',
    ])
    await expect(failureOn(() => json({ ...active, token_type: 'refresh_token' }))).resolves.toMatchObject({
      message: 'the token is not an access token: its token_type is "refresh_token"',
    })
    expect((await failureOn(() => typed('text/html; charset=utf-8', '<html>'))).detail).toBe(
      'the server answered with text/html, not application/json',
    )
  })

  it.each([
    [null, 1],
    ['30', 30],
    ['0', 1],
    ['86400', 300],
    ['-5', 1],
    ['soon', 1],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20],
    ['Thu, 01 Jan 2027 00:00:20 GMT', 300],
    ['Thu, 01 Jan 2015 00:00:20 GMT', 1],
  ])('with Retry-After %j says to come back in %i s', async (field, seconds) => {
    const headers = new Headers(field === null ? {} : { 'retry-after': field })
    expect((await failureOn(() => new Response('', { status: 503, headers }))).retryAfterSeconds).toBe(seconds)
  })

  it('is not remembered', async () => {
    const fake = createFakeIntrospection(() => new Response('', { status: 500 }))
    const verifier = createVerifier(fake)
    expect(await outcome(verifier.verify('opaque'))).toBe(unavailable)
    fake.reply = () => json(active)
    expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
    expect(fake.asked).toEqual(['opaque', 'opaque'])
  })
})
