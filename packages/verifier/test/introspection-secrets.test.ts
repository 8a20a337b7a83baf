import { exportJWK, generateKeyPair } from 'jose'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { IntrospectionClientAuthentication } from '../src/introspection-client-options.js'
import { createIntrospectionVerifier } from '../src/introspection-verifier.js'
import {
  active,
  createFakeIntrospection,
  createFakeStore,
  createVerifier,
  endpoint,
  json,
  keys,
  settingsFor,
  typed,
} from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { key } from './verifier-fixture.js'

const token = 'a-token~that+nobody/may.see=='
const clientSecret = 'a secret that nobody may see'

/** Everything that an error says, down to what caused it. */
async function everythingSaid(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => 'accepted',
    (caught: unknown) => caught,
  )
  return inspect(error, { depth: 20, showHidden: true })
}

const echoes: readonly (readonly [string, () => Response | Promise<Response>])[] = [
  ['a body', () => json({ active: 'no', token, clientSecret })],
  ['a body that is not JSON', () => json(`${token} ${clientSecret}`)],
  ['a content type', () => typed(`text/${token}`, token)],
  ['an error', () => new Response(token, { status: 400, statusText: 'no', headers: { 'retry-after': token } })],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: `https://login.example.com/?token=${token}` } })],
  ['a signed response', async () => typed('application/token-introspection+jwt', `${token}.${token}.${token}`)],
  ['no JWT', () => typed('application/jwt', `${token}.${token}.${token}`)],
  ['an inactive token', () => json({ active: false, token })],
  ['a JWT of another issuer', async () => typed('application/jwt', await key.sign({ iss: 'x', token }))],
]

describe('no error tells', () => {
  it.each(echoes)('the token or the secret, where the server repeats them in %s', async (_, reply) => {
    for (const response of [{ response: 'json' }, { response: 'signed', keys }, { response: 'phantom', keys }] as const) {
      const client = { clientId: 'api', authentication: { method: 'client_secret_post', clientSecret } } as const
      const verifier = createVerifier(createFakeIntrospection(reply), { ...response, client })
      const said = await everythingSaid(verifier.verify(token))
      expect(said).toContain('AccessTokenError')
      expect(said).not.toContain(token)
      expect(said).not.toContain(clientSecret)
    }
  })

  it('the secret or the key of the client, where it cannot be used', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    const broken = { ...jwk, d: `${jwk.d?.slice(0, 20)}` }
    const authentications: IntrospectionClientAuthentication[] = [
      { method: 'private_key_jwt', privateKey: broken, algorithm: 'ES256' },
      { method: 'private_key_jwt', privateKey: jwk, algorithm: 'RS256' },
      { method: 'private_key_jwt', privateKey, algorithm: 'ES384' },
    ]
    for (const authentication of authentications) {
      const verifier = createVerifier(createFakeIntrospection(), { client: { clientId: 'api', authentication } })
      expect(await outcome(verifier.verify(token))).toBe('unavailable introspection_unavailable')
      const said = await everythingSaid(verifier.verify(token))
      expect(said).toContain('the client assertion could not be signed; check client.authentication')
      expect(said).not.toContain(broken.d)
    }
  })

  it('the verifier either, when it is logged', () => {
    const client = { clientId: 'api', authentication: { method: 'client_secret_basic', clientSecret } } as const
    expect(inspect(createVerifier(createFakeIntrospection(), { client }), { depth: 20, showHidden: true })).not.toContain(clientSecret)
  })
})

describe('a token that the server repeats', () => {
  const repeated = { ...active, jti: token, token, access_token: token, sid: `of ${token}` }
  const { active: _, ...said } = active

  it.each([
    ['JSON', { response: 'json' }, async () => json(repeated)],
    [
      'a signed response',
      { response: 'signed', keys },
      async () => {
        const claims = { iss: said.iss, aud: 'orders-api', iat: said.iat, token_introspection: repeated }
        return typed('application/token-introspection+jwt', await key.sign(claims, { typ: 'token-introspection+jwt' }))
      },
    ],
  ] as const)('in %s is not among the claims, however they are come by', async (_form, response, reply) => {
    const store = createFakeStore()
    const [one, other] = [createFakeIntrospection(reply), createFakeIntrospection(reply)]
    const given = { ...said, sid: `of ${token}` }
    const verifier = createVerifier(one, { ...response, cache: { store } })
    expect((await verifier.verify(token)).claims).toEqual(given)
    expect((await verifier.confirm(token)).claims).toEqual(given)
    await store.written()
    expect((await createVerifier(other, { ...response, cache: { store } }).verify(token)).claims).toEqual(given)
    expect(other.asked).toEqual([])
  })

  it('as its jti can still be evicted by that', async () => {
    const fake = createFakeIntrospection(() => json(repeated))
    const verifier = createVerifier(fake)
    await verifier.verify(token)
    fake.reply = () => json({ active: false })
    await verifier.evict({ jti: 'another' })
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    await verifier.evict({ jti: token })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_inactive')
  })

  it('is what it is where it is the name of somebody', async () => {
    const named = { ...active, sub: 'john', username: 'john', sid: 'john' }
    const { active: _active, ...claims } = named
    expect((await createVerifier(createFakeIntrospection(() => json(named))).verify('john')).claims).toEqual(claims)
  })
})

describe('a token', () => {
  it('is not in a URL', async () => {
    const urls: string[] = []
    const verifier = createIntrospectionVerifier({
      ...settingsFor((url) => {
        urls.push(url)
        return Promise.resolve(json(active))
      }),
    })
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(urls).toEqual([endpoint])
  })

  it.each([
    ['', 'token_malformed'],
    ['two words', 'token_malformed'],
    ['token&token_type_hint=refresh_token', 'token_malformed'],
    ['token%26', 'token_malformed'],
    ['line\nbreak', 'token_malformed'],
    ['ending\n', 'token_malformed'],
    ['=', 'token_malformed'],
    ['a=b', 'token_malformed'],
    ['tökén', 'token_malformed'],
    ['"quoted"', 'token_malformed'],
    ['a'.repeat(16_385), 'token_too_large'],
    [`${'a'.repeat(16_384)}!`, 'token_too_large'],
  ])('that is none is not sent: %j', async (text, code) => {
    const fake = createFakeIntrospection()
    expect(await outcome(createVerifier(fake).verify(text))).toBe(`invalid_token ${code}`)
    expect(fake.asked).toEqual([])
  })

  it('may be as long as is configured', async () => {
    const fake = createFakeIntrospection()
    expect(await outcome(createVerifier(fake).verify('a'.repeat(16_384)))).toBe('accepted')
    expect(await outcome(createVerifier(fake, { maxTokenBytes: 5 }).verify('123456'))).toBe('invalid_token token_too_large')
    const notText = { length: 1 } as unknown as string
    expect(await outcome(createVerifier(fake).verify(notText))).toBe('invalid_token token_malformed')
  })
})
