import { describe, expect, test } from 'vitest'
import { assembleMockIssuer, createMockIssuer } from '../../create-mock-issuer.js'
import type { DashboardOptions } from '../../dashboard-options.js'
import { attachConnection } from '../faults/connection.js'
import { createIssuerState } from '../issuer-state.js'

const url = 'http://127.0.0.1:9000/dashboard'

/** What the dashboard answers to reading and posting when the request comes from an address. */
async function statuses(peerAddress: string | undefined, dashboard: true | DashboardOptions = true): Promise<readonly number[]> {
  const { handle } = assembleMockIssuer(createIssuerState({ issuer: 'http://127.0.0.1:9000', dashboard }))
  const ask = async (request: Request): Promise<number> => {
    attachConnection(request, { peerAddress, reset() {}, async cut() {} })
    return (await handle(request)).status
  }
  return [await ask(new Request(url)), await ask(new Request(url, { method: 'POST', body: new URLSearchParams() }))]
}

describe('a request over a socket', () => {
  test.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('sees the dashboard from %s', async (address) => {
    expect(await statuses(address)).toEqual([200, 400])
  })

  test.each(['192.168.1.2', '10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '127.0.0.1.evil.example', '', undefined])(
    'does not see it from %s, though it sends the name of loopback',
    async (address) => {
      expect(await statuses(address)).toEqual([403, 403])
    },
  )

  test('sees it from anywhere when the options open it to other names', async () => {
    expect(await statuses('192.168.1.2', { hosts: ['mock.example.com'] })).toEqual([200, 400])
    expect(await statuses('192.168.1.2', { hosts: [] })).toEqual([403, 403])
  })
})

test('the dashboard answers this machine over a real socket', async () => {
  await using issuer = await createMockIssuer({ dashboard: true })
  const { url: listening } = await issuer.listen()

  expect((await fetch(`${listening}/dashboard`)).status).toBe(200)
})
