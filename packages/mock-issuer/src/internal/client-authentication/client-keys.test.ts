import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const jwksUri = 'https://job.example.com/jwks'

async function createKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } }
}

type Key = Awaited<ReturnType<typeof createKey>>
const [one, two] = [await createKey('1'), await createKey('2')]

/** An issuer with a client whose keys are published elsewhere, and what was asked there. */
async function createPublished(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit }[] = []
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'job', tokenEndpointAuthMethod: 'private_key_jwt', jwksUri }],
    now: () => 1_800_000_000_000,
    async fetch(url, init = {}) {
      asked.push({ url, init })
      return answer()
    },
  })
  return { issuer, asked }
}

const publish = (...keys: readonly JWK[]) => Response.json({ keys })

async function ask(issuer: MockIssuer, { kid, privateKey }: Key) {
  const iat = Math.floor(issuer.clock.now() / 1000)
  const jwt = await new SignJWT({ iss: 'job', sub: 'job', aud: issuer.issuer, jti: crypto.randomUUID(), exp: iat + 60 })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey)
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const response = await post(issuer, '/token', { grant_type: 'client_credentials', client_assertion: jwt, client_assertion_type: type })
  return { status: response.status, body: await response.json() }
}

test('fetches the keys of a client by reference, once in five minutes, and follows no redirect', async () => {
  const { issuer, asked } = await createPublished(() => publish(one.jwk))
  expect((await ask(issuer, one)).status).toBe(200)
  issuer.clock.advanceSeconds(299)
  expect((await ask(issuer, one)).status).toBe(200)
  expect(asked).toMatchObject([{ url: jwksUri, init: { redirect: 'error' } }])

  issuer.clock.advanceSeconds(1)
  expect((await ask(issuer, one)).status).toBe(200)
  expect(asked.length).toBe(2)
})

test('fetches them again for a key that is not there, not more than once a second', async () => {
  let keys = [one.jwk]
  const { issuer, asked } = await createPublished(() => publish(...keys))
  expect((await ask(issuer, one)).status).toBe(200)
  for (let attempt = 0; attempt < 3; attempt += 1) expect((await ask(issuer, two)).status).toBe(401)
  expect(asked.length).toBe(1)

  keys = [two.jwk]
  issuer.clock.advanceSeconds(2)
  expect((await ask(issuer, two)).status).toBe(200)
  expect((await ask(issuer, one)).status).toBe(401)
  expect(asked.length).toBe(2)
})

test('tries every key that the header allows', async () => {
  const { issuer } = await createPublished(() => publish({ ...one.jwk, kid: 'same' }, { ...two.jwk, kid: 'same' }))

  expect((await ask(issuer, { ...two, kid: 'same' })).status).toBe(200)
  expect((await ask(issuer, { ...(await createKey('same')), kid: 'same' })).status).toBe(401)
})

test('answers invalid_client where a key is none', async () => {
  const { issuer } = await createPublished(() => publish({ ...one.jwk, x: 'AAAA' }))

  expect(await ask(issuer, one)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test.each<[string, () => Response | Promise<Response>]>([
  ['an answer that is not 200', () => new Response('{"keys":[]}', { status: 404 })],
  ['no JSON', () => new Response('<html>')],
  ['JSON that is no key set', () => Response.json([one.jwk])],
  ['a key set of more than 64 kB', () => publish({ ...one.jwk, kid: 'x'.repeat(65_536) })],
  ['a key set of more than 100 keys', () => publish(...Array.from({ length: 101 }, () => one.jwk))],
  ['an outage', () => Promise.reject(new TypeError('fetch failed: https://internal.example.com'))],
])('answers invalid_client to %s, and tells nothing of it', async (_, answer) => {
  const { issuer } = await createPublished(answer)
  const { status, body } = await ask(issuer, one)

  expect(status).toBe(401)
  expect(body).toEqual({ error: 'invalid_client', error_description: expect.stringMatching(/^The jwks_uri of the client /) })
  expect(body.error_description).not.toContain('example.com')
})
