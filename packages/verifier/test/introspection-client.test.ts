import { afterEach, describe, expect, it } from 'vitest'
import { decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import type { IntrospectionClientAuthentication } from '../src/introspection-client-options.js'
import { createIntrospectionVerifier } from '../src/introspection-verifier.js'
import { type IntrospectionServer, startIntrospectionServer } from './introspection-server.js'
import { outcome } from './verdict.js'

const servers: IntrospectionServer[] = []
const clientId = 'orders api:1/2+é%'
const clientSecret = 'p:ä+s s%w&ö=r~d'

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function start() {
  const server = await startIntrospectionServer(() => ({ body: { active: true, aud: 'orders-api', sub: 'john' } }))
  servers.push(server)
  return server
}

async function askAs(authentication: IntrospectionClientAuthentication, token = 'opaque') {
  const server = await start()
  const { issuer } = server
  const verifier = createIntrospectionVerifier({ issuer, audience: 'orders-api', client: { clientId, authentication } })
  expect(await outcome(verifier.verify(token))).toBe('accepted')
  const [call] = server.calls
  if (call === undefined) throw new Error('nobody asked')
  return { call, server }
}

describe('a request for introspection', () => {
  it('posts the token in a form to the endpoint that the metadata name', async () => {
    const { call, server } = await askAs({ method: 'none' })
    expect(call).toMatchObject({ method: 'POST', url: '/introspect', accept: 'application/json', authorization: undefined })
    expect(call.contentType).toBe('application/x-www-form-urlencoded')
    expect([...call.form]).toEqual([
      ['token', 'opaque'],
      ['token_type_hint', 'access_token'],
      ['client_id', clientId],
    ])
    expect(server.paths).toEqual(['/.well-known/openid-configuration', '/introspect'])
  })

  it('brings every character of a token over', async () => {
    const token = 'AZaz09-._~+/AA=='
    const { call } = await askAs({ method: 'none' }, token)
    expect(call.form.get('token')).toBe(token)
  })

  it('is made to the endpoint that is configured, without a look at the metadata', async () => {
    const server = await start()
    const client = { clientId, authentication: { method: 'none' } } as const
    const verifier = createIntrospectionVerifier({
      issuer: 'the issuer',
      audience: 'orders-api',
      client,
      endpoint: `${server.issuer}/introspect/orders`,
    })
    expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
    expect(server.paths).toEqual(['/introspect/orders'])
  })
})

describe('a server that goes away', () => {
  it('leaves the answers that are kept, and nothing to say about other tokens', async () => {
    const server = await start()
    const client = { clientId, authentication: { method: 'none' } } as const
    const verifier = createIntrospectionVerifier({ issuer: server.issuer, audience: 'orders-api', client })
    expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
    await server.stop()
    expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
    expect(await outcome(verifier.verify('other'))).toBe('unavailable introspection_unavailable')
    expect(await outcome(verifier.confirm('opaque'))).toBe('unavailable introspection_unavailable')
  })

  it('while it answers says nothing about the token', async () => {
    const server = await start()
    const client = { clientId, authentication: { method: 'none' } } as const
    const verifier = createIntrospectionVerifier({ issuer: server.issuer, audience: 'orders-api', client, timeoutMs: 2000 })
    server.reply = async () => {
      await server.stop()
      return { body: { active: false } }
    }
    expect(await outcome(verifier.verify('opaque'))).toBe('unavailable introspection_unavailable')
  })
})

describe('the client authenticates', () => {
  it('with both halves form-encoded in the header', async () => {
    const { call } = await askAs({ method: 'client_secret_basic', clientSecret })
    const credentials = Buffer.from(call.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    expect(credentials).toBe('orders+api%3A1%2F2%2B%C3%A9%25:p%3A%C3%A4%2Bs+s%25w%26%C3%B6%3Dr%7Ed')
    expect(call.form.has('client_id')).toBe(false)
  })

  it('with its secret in the form', async () => {
    const { call } = await askAs({ method: 'client_secret_post', clientSecret })
    expect(call.form.get('client_id')).toBe(clientId)
    expect(call.form.get('client_secret')).toBe(clientSecret)
    expect(call.authorization).toBe(undefined)
  })

  it.each(['JWK', 'CryptoKey'])('with an assertion that a private key signed, given as a %s', async (form) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'api-1' }
    const { call, server } = await askAs(
      form === 'JWK'
        ? { method: 'private_key_jwt', privateKey: jwk }
        : { method: 'private_key_jwt', privateKey, algorithm: 'ES256', kid: 'api-1' },
    )
    const assertion = call.form.get('client_assertion') ?? ''
    expect(call.form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES256', kid: 'api-1' })
    const { payload } = await jwtVerify(assertion, publicKey)
    expect(payload).toMatchObject({ iss: clientId, sub: clientId, aud: server.issuer })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60)
    expect(payload.jti).toMatch(/^[\da-f-]{36}$/)
  })

  it.each(['tls_client_auth', 'self_signed_tls_client_auth'] as const)(
    'by its certificate, at the endpoint for that: %s',
    async (method) => {
      const server = await start()
      const { issuer } = server
      server.metadata.mtls_endpoint_aliases = { introspection_endpoint: `${issuer}/introspect/mtls` }
      const client = { clientId, authentication: { method } } as const
      const verifier = createIntrospectionVerifier({ issuer, audience: 'orders-api', client })
      expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
      expect(server.calls.map(({ url, form }) => [url, form.get('client_id')])).toEqual([['/introspect/mtls', clientId]])
      expect(server.calls.map(({ authorization }) => authorization)).toEqual([undefined])
    },
  )
})
