import { expect, test } from 'vitest'
import { TokenSet } from '../../token-set.js'
import { createApiCaller } from './api-caller.js'
import { readOutgoingRequest } from './outgoing-request.js'

const api = 'https://api.example.com/orders'

/** Calls an API that answers in turn, and gives the nonce of every proof that was made for it. */
async function call(times: number, answers: readonly Response[]): Promise<(string | undefined)[]> {
  const nonces: (string | undefined)[] = []
  const given = answers.values()
  const caller = createApiCaller({
    client: {
      keyThumbprint: async () => 'thumb',
      async dpopProof({ nonce }) {
        nonces.push(nonce)
        return 'proof'
      },
    },
    fetch: async () => given.next().value ?? new Response(),
  })
  const tokens = new TokenSet({
    issuer: 'https://login.example.com',
    clientId: 'shop',
    accessToken: 'token',
    tokenType: 'DPoP',
    receivedAt: 0,
    keyThumbprint: 'thumb',
  })
  for (let time = 0; time < times; time++) await caller({ ...readOutgoingRequest(api), url: new URL(api) }, tokens)
  return nonces
}

const withNonce = (nonce: string) => new Response(null, { headers: { 'dpop-nonce': nonce } })
const askingFor = (nonce: string) =>
  new Response(null, { status: 401, headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': nonce } })

test('the nonce that comes with an answer is in the next request', async () => {
  expect(await call(3, [withNonce('a'), withNonce('b')])).toEqual([undefined, 'a', 'b'])
})

test('the nonce that comes with the answer to the second try is in the next request', async () => {
  expect(await call(2, [askingFor('a'), withNonce('b')])).toEqual([undefined, 'a', 'b'])
})

test('a second demand for a nonce is not followed', async () => {
  expect(await call(1, [askingFor('a'), askingFor('b')])).toEqual([undefined, 'a'])
})

test.each(['', 'a"b', 'a'.repeat(1025)])('what is no nonce is not kept: %j', async (nonce) => {
  expect(await call(2, [withNonce(nonce)])).toEqual([undefined, undefined])
})
