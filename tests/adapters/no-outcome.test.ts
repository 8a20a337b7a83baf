import type * as Guard from '@bailiwick/guard'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Host, RunningHost } from './host.js'
import { hosts as genuine } from './hosts.js'
import { send } from './raw-request.js'

/** What a resource server gives here, which has gone wrong: an adapter opens a route by what is said, and not by what is not. */
const given: { authenticated: unknown; authorized: unknown } = { authenticated: undefined, authorized: undefined }
const john = { kind: 'authenticated', principal: { sub: 'john' } }
const verifier = { verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: {} }) }
const notRefused = [undefined, null, {}, { kind: 'allowed?' }, () => 'refused', 'admitted', true]

describe.each(genuine.map(({ name }) => name))('%s', (name) => {
  let running: RunningHost

  beforeAll(async () => {
    vi.resetModules()
    vi.doMock('@bailiwick/guard', async (original) => {
      const guard = await original<typeof Guard>()
      const wrong = { authenticate: () => given.authenticated, authorize: () => given.authorized }
      return { ...guard, createResourceServer: (options: never) => ({ ...guard.createResourceServer(options), ...wrong }) }
    })
    const { hosts } = (await import('./hosts.js')) as { hosts: readonly Host[] }
    running = (await hosts.find((host) => host.name === name)?.start({ verifier })) as RunningHost
  })
  afterAll(async () => {
    await running.close()
    vi.doUnmock('@bailiwick/guard')
    vi.resetModules()
  })

  const statusOf = async (path: string) => (await send({ port: running.port, method: 'GET', path, fields: [] })).status

  test('enters the handler where the outcomes are good ones', async () => {
    Object.assign(given, { authenticated: john, authorized: { ...john, kind: 'allowed' } })
    expect([await statusOf('/me'), await statusOf('/office/whoami')]).toEqual([200, 200])
  })

  test.each([...notRefused, { ...john, kind: 'allowed' }, { kind: 'anonymous' }])('answers 500 to %j of authentication', async (wrong) => {
    Object.assign(given, { authenticated: wrong, authorized: { ...john, kind: 'allowed' } })
    const before = running.entered.length
    expect([await statusOf('/me'), await statusOf('/office/whoami')]).toEqual([500, 500])
    expect(running.entered.length).toBe(before)
  })

  test.each([...notRefused, john])('answers 500 to %j of authorisation', async (wrong) => {
    Object.assign(given, { authenticated: john, authorized: wrong })
    const before = running.entered.length
    expect([await statusOf('/me'), await statusOf('/desk')]).toEqual([500, 500])
    expect(running.entered.length).toBe(before)
  })
})
