import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { isSigned, type PublishedKey } from './id-token-signature.js'

const published = async (key: CryptoKey, members: Partial<JWK> = {}) => ({ ...(await exportJWK(key)), ...members }) as PublishedKey

async function sign(algorithm: string, kid?: string, options = {}) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, options)
  const jwt = await new SignJWT({ sub: 'john' }).setProtectedHeader({ alg: algorithm, ...(kid && { kid }) }).sign(privateKey)
  return { jwt, publicKey }
}

test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
  'verifies %s',
  async (algorithm) => {
    const { jwt, publicKey } = await sign(algorithm)
    const jwk = await published(publicKey)
    expect(await isSigned(jwt, [jwk])).toBe(true)
    const [header, , signature] = jwt.split('.')
    expect(await isSigned(`${header}.eyJzdWIiOiJqYW5lIn0.${signature}`, [jwk])).toBe(false)
  },
)

test('finds the key among others, by its kid and without', async () => {
  const [other, another] = await Promise.all([sign('ES256'), sign('RS256')])
  const keys = [await published(other.publicKey, { kid: 'other' }), await published(another.publicKey, { kid: 'another' })]
  const named = await sign('ES256', 'named')
  const nameless = await sign('ES256')
  expect(await isSigned(named.jwt, [...keys, await published(named.publicKey, { kid: 'named' })])).toBe(true)
  expect(await isSigned(nameless.jwt, [...keys, await published(nameless.publicKey, { kid: 'any' })])).toBe(true)
})

test('does not try a key of another kid, nor any of none: that is no verdict', async () => {
  const { jwt, publicKey } = await sign('ES256', 'named')
  expect(await isSigned(jwt, [await published(publicKey, { kid: 'other' })])).toBe(undefined)
  expect(await isSigned(jwt, [])).toBe(undefined)
})

test('passes over what is no key', async () => {
  const { jwt, publicKey } = await sign('ES256')
  const keys = [null, 'key', {}, []] as unknown as PublishedKey[]
  expect(await isSigned(jwt, keys)).toBe(undefined)
  expect(await isSigned(jwt, [...keys, await published(publicKey)])).toBe(true)
})

test.each(['!', 'c2ln=', ' '])('a signature such as %o is none', async (signature) => {
  const { jwt, publicKey } = await sign('ES256')
  expect(await isSigned(jwt.replace(/[^.]*$/, signature), [await published(publicKey)])).toBe(false)
})

test('does not use a key for an algorithm or a purpose that it is not for', async () => {
  const rsa = await sign('RS256')
  expect(await isSigned(rsa.jwt, [await published(rsa.publicKey, { alg: 'RS512' })])).toBe(undefined)
  expect(await isSigned(rsa.jwt, [await published(rsa.publicKey, { use: 'enc' })])).toBe(undefined)
  expect(await isSigned(rsa.jwt, [await published(rsa.publicKey, { key_ops: ['encrypt'] })])).toBe(undefined)
})

test('does not take a short RSA key', async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )
  const signed = `${btoa('{"alg":"RS256"}').replace(/=+$/, '')}.e30`
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, new TextEncoder().encode(signed))
  const jwt = `${signed}.${Buffer.from(signature).toString('base64url')}`
  expect(await isSigned(jwt, [await published(publicKey)])).toBe(false)
})

test.each(['none', 'HS256', 'RS1', 'ES256K', 'constructor', ''])('does not know the algorithm %s', async (algorithm) => {
  const { publicKey } = await sign('RS256')
  const header = Buffer.from(JSON.stringify({ alg: algorithm })).toString('base64url')
  expect(await isSigned(`${header}.e30.`, [await published(publicKey)])).toBe(false)
})

test('does not verify an HMAC under a published key', async () => {
  const { publicKey } = await sign('RS256')
  const jwk = await published(publicKey)
  const jwt = await new SignJWT({ sub: 'john' }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(JSON.stringify(jwk)))
  expect(await isSigned(jwt, [jwk])).toBe(false)
})
