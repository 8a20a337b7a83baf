import { createMockIssuer } from '@bailiwick/mock-issuer'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { cutOff } from '../../test/renewing.js'
import { createClient } from '../create-client.js'
import { createSigningKey } from './signing-key.js'

afterEach(() => void vi.restoreAllMocks())

async function signingPair(kid: string): Promise<{ secret: JWK; open: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return {
    secret: { ...(await exportJWK(privateKey)), alg: 'ES256', kid },
    open: { ...(await exportJWK(publicKey)), alg: 'ES256', kid },
  }
}

test('imports a JWK once, and not extractable', async () => {
  const { secret } = await signingPair('one')
  const key = createSigningKey('authentication.privateKey', { privateKey: secret })
  const { key: first, kid } = (await key()) as { key: CryptoKey; kid: string }
  const { key: second } = (await key()) as { key: CryptoKey }
  expect(first).toBe(second)
  expect([first.extractable, first.type, kid]).toEqual([false, 'private', 'one'])
})

test('asks a function at each use, and imports again only what is another key', async () => {
  const [one, two] = [await signingPair('one'), await signingPair('two')]
  let current = one.secret
  const key = createSigningKey('authentication.privateKey', { privateKey: async () => current })
  const first = await key()
  expect(await key()).toBe(first)
  current = two.secret
  expect(await key()).toMatchObject({ kid: 'two' })
})

test('imports a key for those who ask while another request imports it, which a platform may end before it has', async () => {
  const { secret } = await signingPair('one')
  const key = createSigningKey('authentication.privateKey', { privateKey: secret })
  vi.spyOn(crypto.subtle, 'importKey').mockReturnValueOnce(new Promise<never>(() => {}))
  void key()
  await Promise.resolve()
  cutOff()
  const imported = await key()
  expect([imported, await key()]).toEqual([expect.objectContaining({ kid: 'one' }), imported])
})

test('a key whose import takes long is neither joined nor kept when the function gives another meanwhile', async () => {
  const [one, two] = [await signingPair('one'), await signingPair('two')]
  let current = one.secret
  const key = createSigningKey('authentication.privateKey', { privateKey: () => current })
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const importKey = crypto.subtle.importKey.bind(crypto.subtle)
  vi.spyOn(crypto.subtle, 'importKey').mockImplementationOnce((...input) => gate.then(() => importKey(...input)))
  const first = key()
  await new Promise((resolve) => setImmediate(resolve))
  current = two.secret
  const second = await key()
  goOn()
  expect([await first, second]).toMatchObject([{ kid: 'one' }, { kid: 'two' }])
  expect(await key()).toBe(second)
})

test('says what is wrong with a key, and nothing of the key', async () => {
  const { open } = await signingPair('one')
  const error = await createSigningKey('authentication.privateKey', { privateKey: open })().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'configuration_invalid' })
  expect(String(error)).toContain('authentication.privateKey is no private key')
  expect(String(error)).not.toContain(open.x)
})

test('a client signs its assertions with the key that the function gives now, and one that gives none is its own fault', async () => {
  const [one, two] = [await signingPair('one'), await signingPair('two')]
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'nightly', tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [one.open, two.open] } }],
  })
  const asked: string[] = []
  let give = (): JWK => one.secret
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'nightly',
    authentication: { method: 'private_key_jwt', privateKey: () => give() },
    now: issuer.clock.now,
    fetch: async (url, init) => {
      const assertion = new URLSearchParams(init?.body as string | undefined).get('client_assertion')
      if (assertion !== null) asked.push(JSON.parse(atob(assertion.split('.')[0] ?? '')).kid)
      return issuer.fetch(url, init)
    },
  })
  await client.clientCredentials()
  give = () => two.secret
  await client.clientCredentials()
  expect(asked).toEqual(['one', 'two'])

  give = () => {
    throw new Error('the vault is sealed')
  }
  await expect(client.clientCredentials()).rejects.toMatchObject({
    code: 'configuration_invalid',
    cause: { message: 'the vault is sealed' },
  })
  expect(asked).toHaveLength(2)
})
