import { createMemoryStore } from '@bailiwick/protocol'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { machineOf, tokenRequests } from '../../../test/machine.js'
import type { ClientOptions } from '../../client-options.js'
import { createTokenSource } from '../../create-token-source.js'

const grant = { type: 'client_credentials', scope: 'orders_read' } as const

/** Instances of a machine that share a store; each has a clock that is so many seconds ahead of the issuer's. */
async function instances() {
  const issuer = await createMockIssuer()
  const store = createMemoryStore({ now: issuer.clock.now })
  const instance = (aheadSeconds: number, options: Partial<ClientOptions> = {}) => {
    const now = () => issuer.clock.now() + aheadSeconds * 1000
    return createTokenSource({ client: machineOf(issuer, { now, ...options }), grant, store, now })
  }
  return { issuer, store, instance }
}

const apart = [
  [-600, 0],
  [600, 0],
  [0, -600],
  [0, 600],
  [-600, 600],
  [600, -600],
] as const

test.each(apart)('an instance whose clock is %i s ahead gets a token that one %i s ahead takes from the store', async (writer, reader) => {
  const { issuer, instance } = await instances()
  const written = await instance(writer).getAccessToken()
  issuer.clock.advanceSeconds(100)
  expect(await instance(reader).getAccessToken()).toBe(written)
  expect(tokenRequests(issuer)).toBe(1)
})

test.each(apart)('what one whose clock is %i s ahead has written is good for no longer to one %i s ahead', async (writer, reader) => {
  const { issuer, instance } = await instances()
  await instance(writer).getAccessToken()
  issuer.clock.advanceSeconds(200)
  const source = instance(reader)
  const taken = await source.getAccessToken()
  // It lived for 300 seconds.
  issuer.clock.advanceSeconds(101)
  expect(await source.getAccessToken()).not.toBe(taken)
  expect(tokenRequests(issuer)).toBe(2)
})

test('a server that is down does not keep an instance from what is in the store', async () => {
  const { issuer, instance } = await instances()
  const written = await instance(0).getAccessToken()
  issuer.faults.add({ endpoint: 'openid-configuration', kind: 'status', status: 503 })
  issuer.faults.add({ endpoint: 'oauth-authorization-server', kind: 'status', status: 503 })
  expect(await instance(0).getAccessToken()).toBe(written)
})

test('a client that has never asked the server, and was given its metadata, goes by its own clock', async () => {
  const { issuer, instance } = await instances()
  const written = await instance(0).getAccessToken()
  const metadata = await machineOf(issuer).metadata()
  const [ahead, inStep] = [instance(600, { metadata }), instance(0, { metadata })]
  expect(await inStep.getAccessToken()).toBe(written)
  expect(await ahead.getAccessToken()).not.toBe(written)
})

test.each([-86_400, 86_400])(
  'an instance that a wrong `Date` has put %i s off takes no token for younger than it is, nor has others do so',
  async (offSeconds) => {
    const { issuer, instance } = await instances()
    const wrongDate: typeof fetch = async (input, init) => {
      const { status, headers, body } = await issuer.fetch(input, init)
      const date = new Date(issuer.clock.now() + offSeconds * 1000).toUTCString()
      return new Response(body, { status, headers: { ...Object.fromEntries(headers), date } })
    }
    const [misled, other] = [instance(0, { fetch: wrongDate }), instance(0)]
    for (const [writer, reader] of [
      [misled, other],
      [other, misled],
    ] as const) {
      await writer.getAccessToken()
      issuer.clock.advanceSeconds(200)
      const taken = await reader.getAccessToken()
      issuer.clock.advanceSeconds(101)
      // Had it been the one that there was, it would have ended.
      expect(decodeJwt(taken).exp).toBeGreaterThan(issuer.clock.now() / 1000)
      issuer.clock.advanceSeconds(600)
    }
  },
)
