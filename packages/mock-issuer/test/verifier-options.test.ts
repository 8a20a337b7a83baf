import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import type { VerifierOptions } from '../src/index.js'

const contract = { audience: 'orders-api', scopes: { orders_read: {} } }

/** A verifier of jose's, as an API would have one: nothing but the options tells it of the issuer. */
async function createVerifier({ issuer, audience, fetch, now }: VerifierOptions): Promise<(token: string) => Promise<unknown>> {
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: fetch })
  return async (token) => {
    const options = { issuer, audience: [audience].flat(), currentDate: new Date(now()) }
    return (await jwtVerify(token, keys, options)).payload.sub
  }
}

test('puts a verifier on the clock of the issuer, so that tokens expire when the clock is moved', async () => {
  const issuer = await createMockIssuer({ contract, now: () => Date.UTC(2026, 0, 1) })
  const verify = await createVerifier({ ...issuer.verifierOptions() })
  const token = await issuer.accessToken({ sub: 'john', scope: 'orders_read' })

  expect(await verify(token)).toBe('john')
  issuer.clock.advanceSeconds(299)
  expect(await verify(token)).toBe('john')
  issuer.clock.advanceSeconds(1)
  await expect(verify(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  expect(await verify(await issuer.accessToken())).toBe('john')
})

test('has a verifier accept tokens for the audience of the issuer, and for no other', async () => {
  const issuer = await createMockIssuer({ contract })
  const verify = await createVerifier(issuer.verifierOptions())

  await expect(verify(await issuer.accessToken({ aud: 'other-api' }))).rejects.toMatchObject({ claim: 'aud' })
})

test('is what the issuer was configured with, and the very functions of the issuer', async () => {
  const audience = ['orders-api', 'billing-api']
  const named = await createMockIssuer({ issuer: 'https://login.example.com', contract, audience })
  const plain = await createMockIssuer()

  expect(named.verifierOptions()).toEqual({
    issuer: 'https://login.example.com',
    audience,
    fetch: named.fetch,
    now: named.clock.now,
    timeoutMs: 1000,
  })
  expect(plain.verifierOptions()).toMatchObject({ issuer: 'http://localhost/mock-issuer', audience: 'api' })
})

test('is a new object each time, so that a change to one leaves the next alone', async () => {
  const { verifierOptions } = await createMockIssuer()
  Object.assign(verifierOptions(), { audience: 'other-api' })

  expect(verifierOptions().audience).toBe('api')
})

test('fixes the name of the issuer, which a verifier has then', async () => {
  const issuer = await createMockIssuer()
  issuer.verifierOptions()

  await expect(issuer.listen()).rejects.toMatchObject({ code: 'issuer_name_in_use' })
})

test('names the socket of an issuer that listens already, and needs no socket all the same', async () => {
  const issuer = await createMockIssuer()
  const server = await issuer.listen()
  const options = issuer.verifierOptions()
  await server.close()

  expect(options.issuer).toBe(server.url)
  const verify = await createVerifier(options)
  expect(await verify(await issuer.accessToken())).toBe('john')
})
