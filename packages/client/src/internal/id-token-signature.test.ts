import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, type JWTPayload, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import type { ClientOptions } from '../client-options.js'

type Forge = (genuine: JWTPayload, issuer: MockIssuer) => Promise<unknown>

/** A user who is logged in, and whose refresh brings an ID token of the test's making. */
async function refreshWith(forge: Forge, options: Partial<ClientOptions> = {}, metadata: Record<string, unknown> = {}) {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const client = appOf(issuer, {
    async fetch(url, init) {
      const answer = await issuer.fetch(url, init)
      if (url.includes('/.well-known/')) return Response.json({ ...((await answer.json()) as object), ...metadata })
      if (!url.endsWith('/token')) return answer
      const body = (await answer.json()) as { id_token: string }
      return Response.json({ ...body, id_token: await forge(decodeJwt(body.id_token), issuer) }, { headers: answer.headers })
    },
    ...options,
  })
  return { issuer, tokens, client, refresh: () => client.refresh(tokens) }
}

/** Signed by the issuer itself. */
const signed =
  (changes: Record<string, unknown>): Forge =>
  (genuine, issuer) =>
    issuer.sign({ header: { typ: 'JWT' }, payload: { ...genuine, ...changes } })

const encoded = (value: object) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

test('takes an ID token that is the user s', async () => {
  const { refresh } = await refreshWith(signed({ name: 'John' }))
  expect((await refresh()).claims).toMatchObject({ sub: 'john', name: 'John' })
})

test('keeps the ID token of before where a refresh brings none', async () => {
  const { refresh, tokens } = await refreshWith(async () => undefined)
  const { idToken, claims } = await refresh()
  expect([idToken, claims]).toEqual([tokens.idToken, tokens.claims])
})

test.each<[string, Forge]>([
  ['of another audience', signed({ aud: 'other' })],
  ['of several audiences, and not authorized for this client', signed({ aud: ['app', 'other'], azp: 'other' })],
  ['of several audiences, and authorized for nobody', signed({ aud: ['app', 'other'], azp: undefined })],
  ['of another issuer', signed({ iss: 'https://attacker.example' })],
  ['of an issuer with a slash more', (genuine, issuer) => signed({ iss: `${genuine.iss}/` })(genuine, issuer)],
  ['of another user', signed({ sub: 'mallory' })],
  ['without a user', signed({ sub: undefined })],
  ['that has expired', (genuine, issuer) => signed({ exp: (genuine.iat ?? 0) - 3600 })(genuine, issuer)],
  ['without an end', signed({ exp: undefined })],
  ['from the future', (genuine, issuer) => signed({ iat: (genuine.iat ?? 0) + 3600, nbf: (genuine.iat ?? 0) + 3600 })(genuine, issuer)],
  ['without a time', signed({ iat: undefined })],
  ['that is no JWT', async () => 'text'],
  ['that is no text', async () => ({ sub: 'john' })],
  ['that is not signed', async (genuine) => `${encoded({ alg: 'none' })}.${encoded(genuine)}.`],
  ['without a signature', async (genuine) => `${encoded({ alg: 'ES256' })}.${encoded(genuine)}.`],
  [
    'under a foreign key',
    async (genuine) => new SignJWT(genuine).setProtectedHeader({ alg: 'ES256' }).sign((await generateKeyPair('ES256')).privateKey),
  ],
  [
    'under a key of its own header',
    async (genuine) => {
      const { privateKey, publicKey } = await generateKeyPair('ES256')
      return new SignJWT(genuine).setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(publicKey) }).sign(privateKey)
    },
  ],
  [
    'under the public key as a secret',
    async (genuine, issuer) => {
      const secret = new TextEncoder().encode(JSON.stringify((await issuer.jwks()).keys[0]))
      return new SignJWT(genuine).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    },
  ],
  [
    'that was altered',
    async (genuine, issuer) => {
      const [header, , signature] = String(await signed({})(genuine, issuer)).split('.')
      return `${header}.${encoded({ ...genuine, name: 'Mallory' })}.${signature}`
    },
  ],
])('uses nothing of an answer with an ID token %s', async (_, forge) => {
  const { refresh } = await refreshWith(forge)
  const error: unknown = await refresh().catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'response_invalid' })
  expect(JSON.stringify([String(error), error])).not.toContain('eyJ')
})

test('takes no unsigned ID token, and none under a secret, from a server that says that it makes such', async () => {
  const lists = { id_token_signing_alg_values_supported: ['none', 'HS256', 'ES256'] }
  const unsigned = await refreshWith(async (genuine) => `${encoded({ alg: 'none' })}.${encoded(genuine)}.`, {}, lists)
  await expect(unsigned.refresh()).rejects.toMatchObject({ code: 'response_invalid' })
  const secret = new TextEncoder().encode('a secret that everybody knows, of 32 bytes')
  const hmac = await refreshWith(async (genuine) => new SignJWT(genuine).setProtectedHeader({ alg: 'HS256' }).sign(secret), {}, lists)
  await expect(hmac.refresh()).rejects.toMatchObject({ code: 'response_invalid' })
})

test.each([-600, 600])('takes a genuine one on a machine whose clock is %i seconds off', async (seconds) => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const client = appOf(issuer, { now: () => issuer.clock.now() + seconds * 1000 })
  expect((await client.refresh(tokens)).claims?.sub).toBe('john')
})

test('asks for the keys again at once when they were rotated, and no more often than that', async () => {
  const issuer = await createMockIssuer()
  const client = appOf(issuer)
  const keysAsked = () => issuer.requests.filter(({ endpoint }) => endpoint === 'jwks').length
  const first = await client.refresh(await loggedIn(issuer))
  const second = await client.refresh(first)
  expect(keysAsked()).toBe(1)

  await issuer.rotateKeys({ keepOld: false })
  const third = await client.refresh(second)
  await client.refresh(third)
  expect(keysAsked()).toBe(2)
  await jwtVerify(third.idToken ?? '', createLocalJWKSet(await issuer.jwks()), { currentDate: new Date(issuer.clock.now()) })
})

test('asks for the keys once for many who log in at once', async () => {
  const issuer = await createMockIssuer()
  const client = appOf(issuer)
  const many = await Promise.all(Array.from({ length: 10 }, () => loggedIn(issuer)))
  await Promise.all(many.map((tokens) => client.refresh(tokens)))
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'jwks')).toHaveLength(1)
})
