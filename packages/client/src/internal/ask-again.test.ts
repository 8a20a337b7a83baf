import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import type { Client } from '../client.js'
import { createClient } from '../create-client.js'
import { TokenSet } from '../token-set.js'

/** A client that signs assertions, and that is an hour wrong about the time until an answer other than the metadata tells. */
async function mistaken() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const issuer = await createMockIssuer({
    clients: [
      {
        clientId: 'robot',
        redirectUris: ['https://app.example.com/callback'],
        tokenEndpointAuthMethod: 'private_key_jwt',
        grantTypes: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] },
      },
    ],
  })
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'robot',
    authentication: { method: 'private_key_jwt', privateKey },
    redirectUri: 'https://app.example.com/callback',
    now: issuer.clock.now,
    async fetch(url, init) {
      const answer = await issuer.fetch(url, init)
      const headers = new Headers(answer.headers)
      headers.set('date', new Date(issuer.clock.now() - (url.includes('.well-known') ? 3_600_000 : 0)).toUTCString())
      return new Response(answer.body, { status: answer.status, headers })
    },
  })
  const set = new TokenSet({ issuer: issuer.issuer, clientId: 'robot', accessToken: 'a', tokenType: 'Bearer', receivedAt: 0 })
  return { issuer, client, set: set as TokenSet<never> }
}

describe('an assertion that was dated by a clock that turns out to be wrong is dated anew', () => {
  test.each<[string, string, (client: Client, set: TokenSet<never>) => Promise<unknown>]>([
    ['a pushed request', 'pushed-authorization-request', (client) => client.startLogin()],
    ['a device', 'device-authorization', (client) => client.startDeviceLogin()],
    ['a revocation', 'revocation', (client, set) => client.revoke(set)],
  ])('of %s', async (_, endpoint, ask) => {
    const { issuer, client, set } = await mistaken()
    await ask(client, set)
    const asked = issuer.requests.filter((request) => request.endpoint === endpoint).map(({ status = 0 }) => status < 300)
    expect(asked).toEqual([false, true])
  })
})

test('a refusal for any other reason is not tried again, though the clock turns out to be wrong in it', async () => {
  const { issuer } = await mistaken()
  const tokens = await createMockIssuer().then((each) => loggedIn(each))
  let asked = 0
  const client = createClient({
    issuer: tokens.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    metadata: { issuer: tokens.issuer, token_endpoint: `${tokens.issuer}/token` },
    now: issuer.clock.now,
    async fetch() {
      asked += 1
      const date = new Date(issuer.clock.now() + asked * 3_600_000).toUTCString()
      return Response.json({ error: 'invalid_grant' }, { status: 400, headers: { date } })
    },
  })
  await expect(client.refresh(tokens)).rejects.toMatchObject({ code: 'session_ended' })
  expect(asked).toBe(1)
})

describe('for the reasons that there are', () => {
  const now = 1_700_000_000_000
  const nonce = () => Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'dpop-nonce': 'a-nonce' } })
  const mistimed = (aheadMs: number) => () =>
    Response.json({ error: 'invalid_dpop_proof' }, { status: 400, headers: { date: new Date(now + aheadMs).toUTCString() } })
  const granted = () => Response.json({ access_token: 'a', token_type: 'DPoP' })

  /** Asks for tokens where the answers come in turn, the last of them for ever. */
  async function ask(answers: (() => Response)[]): Promise<{ outcome: string; proofs: { nonce?: unknown; iat?: number }[] }> {
    const proofs: { nonce?: unknown; iat?: number }[] = []
    const client = createClient({
      issuer: 'https://login.example.com',
      clientId: 'service',
      authentication: { method: 'none' },
      metadata: { issuer: 'https://login.example.com', token_endpoint: 'https://login.example.com/token' },
      dpop: {},
      now: () => now,
      async fetch(_, init) {
        if (proofs.length > 9) throw new Error('this goes on for ever')
        proofs.push(decodeJwt(new Headers(init?.headers).get('dpop') ?? ''))
        return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? granted()
      },
    })
    const outcome = await client.clientCredentials().then(
      () => 'granted',
      (error: unknown) => String((error as { oauthError?: { error: string } }).oauthError?.error),
    )
    return { outcome, proofs }
  }

  test('each is a reason once', async () => {
    const nonces = await ask([nonce])
    expect([nonces.outcome, nonces.proofs.map((proof) => proof.nonce)]).toEqual(['use_dpop_nonce', [undefined, 'a-nonce']])
    const times = await ask([mistimed(3_600_000), mistimed(7_200_000), mistimed(10_800_000)])
    expect([times.outcome, times.proofs.map(({ iat }) => iat)]).toEqual(['invalid_dpop_proof', [1_700_000_000, 1_700_003_600]])
  })

  test.each([
    ['the nonce and then the time', [nonce, mistimed(3_600_000), granted]],
    ['the time and then the nonce', [mistimed(3_600_000), nonce, granted]],
  ])('it is asked for %s', async (_, answers) => {
    const { outcome, proofs } = await ask(answers)
    expect([outcome, proofs.length, proofs[2]]).toEqual(['granted', 3, expect.objectContaining({ nonce: 'a-nonce', iat: 1_700_003_600 })])
  })
})

test('the time is not learnt from who serves the keys, which may be a cache that says nothing of it', async () => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const client = appOf(issuer, {
    dpop: {},
    async fetch(url, init) {
      const answer = await issuer.fetch(url, init)
      if (!url.endsWith('/jwks')) return answer
      return Response.json(await answer.json(), { headers: { date: new Date(issuer.clock.now() - 3_600_000).toUTCString() } })
    },
  })
  await client.refresh(tokens)
  expect(issuer.requests.at(-1)?.endpoint).toBe('jwks')
  const { iat = 0 } = decodeJwt(await client.dpopProof({ method: 'GET', url: 'https://api.example.com/', accessToken: undefined }))
  expect(Math.abs(iat - issuer.clock.now() / 1000)).toBeLessThan(30)
})
