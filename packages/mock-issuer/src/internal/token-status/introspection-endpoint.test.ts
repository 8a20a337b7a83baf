import { describe, expect, test } from 'vitest'
import { basic, codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { introspect, json, phantom, signed } from '../../../test/introspection-dialects.js'
import type { IntrospectionDialect } from '../../../test/introspection-dialects.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const now = () => Date.UTC(2026, 0, 1)

/** What is said to `service` in a dialect; `undefined` of a token that is not active. */
async function told(issuer: MockIssuer, token: string, dialect: IntrospectionDialect) {
  return dialect.read(await introspect(issuer, token, dialect))
}

async function isActive(issuer: MockIssuer, token: string, dialect: IntrospectionDialect): Promise<boolean> {
  return (await told(issuer, token, dialect)) !== undefined
}

describe.each([json, signed, phantom])('in $name', (dialect) => {
  test('a token is described by all its claims', async () => {
    const issuer = await createMockIssuer({ now })
    const claims = { sub: 'jane', scope: 'orders_read', account_nr: '42', jti: 'id-1', active: false }
    const described = {
      iss: issuer.issuer,
      aud: 'api',
      sub: 'jane',
      client_id: 'app',
      iat: now() / 1000,
      exp: now() / 1000 + 300,
      jti: 'id-1',
      scope: 'orders_read',
      account_nr: '42',
    }
    // A JWT has what it has; in JSON the member `active` is of the answer, and says what kind of token it is.
    const more = dialect === phantom ? { active: false } : { token_type: 'Bearer' }
    expect(await told(issuer, await issuer.accessToken(claims), dialect)).toEqual({ ...described, ...more })
    expect(await told(issuer, (await issuer.phantomToken(claims)).token, dialect)).toEqual({ ...described, ...more })
  })

  test('anything else is not active, and nothing more is said', async () => {
    const issuer = await createMockIssuer({ now })
    const other = await createMockIssuer({ now })
    const good = await issuer.accessToken()
    const tokens = {
      'an unknown token': 'unknown',
      'a token of another issuer by the same name': await other.accessToken(),
      'a token of the issuer that it did not issue': await issuer.sign({ header: { typ: 'at+jwt' }, payload: { sub: 'john', exp: 1e10 } }),
      'a good token with another ending': good.slice(0, -2),
      'an expired token': await issuer.accessToken({}, { expiresInSeconds: -1 }),
      'an expired phantom token': (await issuer.phantomToken({}, { expiresInSeconds: -1 })).token,
      'a token that ends now': await issuer.accessToken({}, { expiresInSeconds: 0 }),
      'a token that starts later': await issuer.accessToken({ nbf: now() / 1000 + 1 }),
      'a token without an end': await issuer.accessToken({ exp: undefined }),
      'a token with an end that is no number': await issuer.accessToken({ exp: 'tomorrow' }),
      'an ID token': await issuer.idToken(),
    }
    const active: string[] = []
    for (const [what, token] of Object.entries(tokens)) if (await isActive(issuer, token, dialect)) active.push(what)
    expect(active).toEqual([])
    expect(await isActive(issuer, good, dialect)).toBe(true)
  })

  test('the clock decides', async () => {
    const issuer = await createMockIssuer({ now })
    const { token } = await issuer.phantomToken({}, { expiresInSeconds: 10 })
    issuer.clock.advanceSeconds(9)
    expect(await isActive(issuer, token, dialect)).toBe(true)
    issuer.clock.advanceSeconds(1)
    expect(await isActive(issuer, token, dialect)).toBe(false)
  })

  test('a JWT does not stand whose key was withdrawn', async () => {
    const issuer = await createMockIssuer()
    const token = await issuer.accessToken()
    await issuer.rotateKeys()
    expect(await isActive(issuer, token, dialect)).toBe(true)
    await issuer.rotateKeys({ keepOld: false })
    expect(await isActive(issuer, token, dialect)).toBe(false)
  })

  test('every token is active where that laxity is asked for', async () => {
    const issuer = await createMockIssuer({ lax: ['introspection-always-active'] })
    const revoked = await issuer.accessToken({ account_nr: '42' })
    await post(issuer, '/revoke', { token: revoked, client_id: 'app' })

    expect(await told(issuer, revoked, dialect)).toMatchObject({ account_nr: '42' })
    expect(await told(issuer, 'unknown', dialect)).toMatchObject({ sub: 'john', iss: issuer.issuer, aud: 'api' })
  })

  test.each([
    ['api-1', true],
    [['api-0', 'api-1'], true],
    [['api-1', 'api-3'], true],
    ['api-3', false],
    ['api', false],
  ])('a client that stands for %j is told that a token for api-1 and api-2 is active: %j', async (audience, active) => {
    const issuer = await createMockIssuer({ clients: [{ clientId: 'api', clientSecret: 'api-secret', audience }] })
    const token = await issuer.accessToken({ aud: ['api-1', 'api-2'] })
    const answer = await dialect.read(await introspect(issuer, token, dialect, basic('api', 'api-secret')))
    expect(answer?.['aud']).toEqual(active ? ['api-1', 'api-2'] : undefined)
  })

  test('a client that stands for an API is told nothing of a token without an audience', async () => {
    const issuer = await createMockIssuer({ clients: [{ clientId: 'api', clientSecret: 'api-secret', audience: 'undefined' }] })
    const token = await issuer.accessToken({ aud: undefined })
    expect(await dialect.read(await introspect(issuer, token, dialect, basic('api', 'api-secret')))).toBe(undefined)
  })

  test('no one is answered who does not authenticate, a public client included', async () => {
    const issuer = await createMockIssuer()
    const token = await issuer.accessToken()
    for (const form of [{ token }, { token, client_id: 'app' }, { token, client_id: 'service' }]) {
      const response = await post(issuer, '/introspect', form, { accept: dialect.accept })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: 'invalid_client' })
    }
  })

  test('the token must be given', async () => {
    const response = await post(await createMockIssuer(), '/introspect', {}, { ...service, accept: dialect.accept })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  })
})

test('describes an opaque token, which says nothing by itself', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.opaqueToken({ sub: 'jane', scope: 'orders_read' })

  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await told(issuer, token, json)).toMatchObject({ sub: 'jane', scope: 'orders_read' })
  expect(await told(issuer, token, signed)).toMatchObject({ sub: 'jane', scope: 'orders_read' })
})

test('takes a hint of any kind and decides by the token', async () => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/introspect', { token: await issuer.accessToken(), token_type_hint: 'refresh_token' }, service)

  expect(await response.json()).toMatchObject({ active: true })
})

test('describes a refresh token to its own client only', async () => {
  const issuer = await createMockIssuer()
  const own = (await logIn(issuer, { client_id: 'service', scope: 'orders_read' })).get('code')
  const ownTokens = await (await post(issuer, '/token', codeForm(own, { client_id: '' }), service)).json()
  const foreign = (await logIn(issuer)).get('code')
  const foreignTokens = await (await post(issuer, '/token', codeForm(foreign))).json()
  const described = {
    iss: issuer.issuer,
    client_id: 'service',
    sub: 'john',
    scope: 'orders_read',
    iat: expect.any(Number),
    exp: expect.any(Number),
  }

  for (const dialect of [json, signed]) {
    expect(await told(issuer, ownTokens.refresh_token, dialect)).toEqual(described)
    expect(await told(issuer, foreignTokens.refresh_token, dialect)).toBe(undefined)
    expect(await told(issuer, foreignTokens.access_token, dialect)).toMatchObject({ client_id: 'app' })
  }
  expect(await told(issuer, ownTokens.refresh_token, phantom)).toBe(undefined)
})

test('says of a token that is bound to a DPoP key that it is one', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken({ cnf: { jkt: 'thumbprint' } })

  expect(await told(issuer, token, json)).toMatchObject({ token_type: 'DPoP', cnf: { jkt: 'thumbprint' } })
})
