import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { cutOff } from '../../test/renewing.js'
import { createSenderKey } from './sender-key.js'
import { createServerClock } from './server-clock.js'

const noon = Date.UTC(2026, 0, 1, 12)
const request = { method: 'PUT', url: 'https://api.example.com/a%20b?c=d#e', accessToken: 'token' }

afterEach(() => void vi.restoreAllMocks())

test('proves one request, one time and one token', async () => {
  const key = createSenderKey(
    undefined,
    createServerClock(() => noon),
  )
  const { payload, protectedHeader } = await jwtVerify(await key.prove({ ...request, nonce: 'n' }), EmbeddedJWK, {
    typ: 'dpop+jwt',
    currentDate: new Date(noon),
  })
  expect(payload).toEqual({
    jti: expect.stringMatching(/^[\da-f-]{36}$/),
    htm: 'PUT',
    htu: 'https://api.example.com/a%20b',
    iat: noon / 1000,
    ath: createHash('sha256').update('token').digest('base64url'),
    nonce: 'n',
  })
  expect(Object.keys(protectedHeader.jwk ?? {}).toSorted()).toEqual(['crv', 'kty', 'x', 'y'])
  expect(await calculateJwkThumbprint(protectedHeader.jwk ?? {})).toBe(await key.thumbprint())
})

test('leaves out what there is not, and never proves the same twice', async () => {
  const key = createSenderKey(
    undefined,
    createServerClock(() => noon),
  )
  const prove = async () => (await jwtVerify(await key.prove({ ...request, accessToken: undefined }), EmbeddedJWK)).payload
  const [one, two] = [await prove(), await prove()]
  expect(Object.keys(one).toSorted()).toEqual(['htm', 'htu', 'iat', 'jti'])
  expect(one.jti).not.toBe(two.jti)
})

test('dates by the clock of the server', async () => {
  const clock = createServerClock(() => noon)
  clock.learn(new Headers({ date: new Date(noon + 600_000).toUTCString() }), noon)
  const { payload } = await jwtVerify(await createSenderKey(undefined, clock).prove(request), EmbeddedJWK)
  expect(payload.iat).toBe(noon / 1000 + 600)
})

test.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'Ed25519'])(
  'takes a pair for %s, and sends no private member',
  async (algorithm) => {
    const pair = await generateKeyPair(algorithm, { extractable: true })
    const key = createSenderKey(
      pair,
      createServerClock(() => noon),
    )
    const proof = await key.prove(request)
    await jwtVerify(proof, EmbeddedJWK)
    const { jwk, alg } = decodeProtectedHeader(proof)
    expect([alg, await key.thumbprint()]).toEqual([algorithm, await calculateJwkThumbprint(await exportJWK(pair.publicKey))])
    expect(Object.keys(jwk ?? {}).filter((member) => !['kty', 'crv', 'x', 'y', 'n', 'e'].includes(member))).toEqual([])
  },
)

test('makes one key for all who ask at once', async () => {
  const key = createSenderKey(
    undefined,
    createServerClock(() => noon),
  )
  const thumbprints = await Promise.all(Array.from({ length: 20 }, () => key.thumbprint()))
  expect(new Set(thumbprints).size).toBe(1)
})

test('makes a key for those who ask while another request makes it, which a platform may end before it has', async () => {
  vi.spyOn(crypto.subtle, 'generateKey').mockReturnValueOnce(new Promise<never>(() => {}))
  const key = createSenderKey(
    undefined,
    createServerClock(() => noon),
  )
  void key.thumbprint()
  cutOff()
  const thumbprint = await key.thumbprint()
  expect([thumbprint, await key.thumbprint()]).toEqual([expect.stringMatching(/^[\w-]{43}$/), thumbprint])
})

test('makes a key that cannot be taken out', async () => {
  const generate = vi.spyOn(crypto.subtle, 'generateKey')
  await createSenderKey(
    undefined,
    createServerClock(() => noon),
  ).thumbprint()
  expect(generate.mock.calls.map(([, isExtractable]) => isExtractable)).toEqual([false])
})
