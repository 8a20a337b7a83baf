import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWebBrowser } from '../client/web-browser.js'
import { isInstalled, type Runtime, runtimes } from './runtimes.js'
import { startSubject, type Subject } from './subject.js'

const john = { sub: 'john', scope: 'orders_read', account_nr: '42' }

/**
 * A Worker ends all that a request began together with it: requests of its own, timers, and the promises that others wait for. What
 * requests share must not be left half-done by that. Elsewhere nothing ends, and the same has to hold.
 */
describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))('on %s', (_name, runtime) => {
  describe.skipIf(!isInstalled(runtime))('when a request is over', () => requestsOn(runtime))
})

function requestsOn(runtime: Runtime): void {
  let subject: Subject
  let issuer: MockIssuer

  beforeAll(async () => {
    subject = await startSubject(runtime)
  })
  afterAll(() => subject?.[Symbol.asyncDispose]())
  beforeEach(async () => {
    issuer = await createMockIssuer({ audience: 'orders-api' })
    await issuer.listen()
    await subject.run('openOrdersApi', { issuer: issuer.issuer, publicUrl: subject.origin })
    return () => issuer[Symbol.asyncDispose]()
  })

  /** The status of an answer that has to come soon. */
  async function status(token: string): Promise<number> {
    const response = await fetch(`${subject.origin}/api/accounts/42/orders`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(4000),
    })
    return response.status
  }

  /** A token with enough life for a clock that is moved. */
  const token = () => issuer.accessToken(john, { expiresInSeconds: 10_000 })

  /** Makes a request that is answered before the issuer has answered. */
  async function hurry(
    path: string,
    init: { headers?: Record<string, string>; method?: string; body?: string },
    endpoint: 'jwks' | 'introspection' | 'token',
  ) {
    const fault = issuer.faults.add({ endpoint, kind: 'delay', delayMs: 800, times: 1 })
    const { status: answered } = await fetch(subject.origin + path, { ...init, headers: { ...init.headers, hasty: 'yes' } })
    expect([answered, fault.timesMet]).toEqual([202, 1])
  }

  test('a refresh of keys that it began in the background does not hold up those who come after', async () => {
    expect(await status(await token())).toBe(200)
    await subject.run('ageKeys', { ms: 280_000 })
    expect(await status(await token())).toBe(200)
    expect(await status(await issuer.forge.unknownKid())).toBe(401)
    expect(await status(await token())).toBe(200)
  })

  test('keys that are due are asked for once, whoever comes meanwhile', async () => {
    expect(await status(await token())).toBe(200)
    await subject.run('ageKeys', { ms: 280_000 })
    const before = await subject.run('requestsForKeys')
    for (let n = 0; n < 20; n++) {
      await subject.run('ageKeys', { ms: 100 })
      expect(await status(await token())).toBe(200)
    }
    expect((await subject.run('requestsForKeys')) - before).toBe(1)
  })

  test('a key that was withdrawn is refused when its time is over, though a refresh was cut off', async () => {
    const old = await token()
    expect(await status(old)).toBe(200)
    await issuer.rotateKeys({ keepOld: false })
    issuer.faults.add({ endpoint: 'jwks', kind: 'delay', delayMs: 100, times: 1 })
    await subject.run('ageKeys', { ms: 280_000 })
    expect(await status(old)).toBe(200)
    await subject.run('ageKeys', { ms: 21_000 })
    expect([await status(old), await status(await token())]).toEqual([401, 200])
  })

  test('keys that it did not wait for are there for the next', async () => {
    const headers = { authorization: `Bearer ${await token()}` }
    await hurry('/api/accounts/42/orders', { headers }, 'jwks')
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => status(await token())))
    expect(statuses.filter((one) => one !== 200)).toEqual([])
  })

  test('a rotation is seen by the next, though the one whose token showed it did not wait for the keys', async () => {
    expect(await status(await token())).toBe(200)
    await issuer.rotateKeys()
    await subject.run('ageKeys', { ms: 1000 })
    const headers = { authorization: `Bearer ${await token()}` }
    await hurry('/api/accounts/42/orders', { headers }, 'jwks')
    expect([await status(await token()), await status(await token())]).toEqual([200, 200])
  })

  test('tokens with unknown keys are refused, however many come', async () => {
    expect(await status(await token())).toBe(200)
    const forged = await issuer.forge.unknownKid()
    const statuses: number[] = []
    for (let n = 0; n < 100; n++) {
      await subject.run('ageKeys', { ms: 2000 })
      statuses.push(await status(forged))
    }
    expect(statuses.filter((one) => one !== 401)).toEqual([])
    expect(await status(await token())).toBe(200)
  })

  test('a question about a token that it did not wait for is asked again', async () => {
    const opaque = await issuer.opaqueToken({ sub: 'john' })
    const input = { issuer: issuer.issuer, tokens: [opaque], response: 'json' as const }
    await hurry('/introspect', { method: 'POST', body: JSON.stringify(input) }, 'introspection')
    expect(await Promise.all([1, 2, 3].map(() => subject.run('introspect', input)))).toEqual([['john'], ['john'], ['john']])
    expect(await subject.run('introspect', input)).toEqual(['john'])
  })

  test('machine tokens whose renewal it did not wait for are renewed by the next', async () => {
    const { issuer: name } = issuer
    const ask = async (aheadMs: number) => (await subject.run('machineToken', { issuer: name, aheadMs })).fingerprint
    const first = await ask(0)
    await hurry('/machineToken', { method: 'POST', body: JSON.stringify({ issuer: name, aheadMs: 285_000 }) }, 'token')
    const others = [await ask(301_000), await ask(301_000)]
    expect(others.filter((other) => other === first)).toEqual([])
  })

  test('machine tokens that it did not wait for are there for the next', async () => {
    const { issuer: name } = issuer
    await hurry('/machineToken', { method: 'POST', body: JSON.stringify({ issuer: name, aheadMs: 0 }) }, 'token')
    const { fingerprint } = await subject.run('machineToken', { issuer: name, aheadMs: 0 })
    expect(fingerprint).toMatch(/^[0-9a-f]{8}$/)
  })

  test('a session lasts whose new tokens were being kept', async () => {
    const { issuer: name } = issuer
    const { url, transaction } = await subject.run('startSession', { issuer: name })
    const callback = await createWebBrowser().goUntil(url, 'https://app.example.com/callback', (page) => ({
      login: /name="login" value="([^"]+)"/.exec(page)?.[1] ?? '',
      user: 'john',
    }))
    expect(await subject.run('openSession', { issuer: name, callback: callback.href, transaction })).toEqual({ kind: 'logged-in' })
    const body = JSON.stringify({ issuer: name, aheadMs: 301_000, takesMs: 900 })
    const { status: answered } = await fetch(`${subject.origin}/askSession`, { method: 'POST', headers: { hasty: 'yes' }, body })
    expect(answered).toBe(202)
    const next = await subject.run('askSession', { issuer: name, aheadMs: 301_000, takesMs: 0 })
    const last = await subject.run('askSession', { issuer: name, aheadMs: 602_000, takesMs: 0 })
    expect([next.sub, last.sub]).toEqual(['john', 'john'])
    expect(last.timesKept).toBeGreaterThanOrEqual(2)
    const refreshes = issuer.requests.filter(({ grantType }) => grantType === 'refresh_token').map(({ status: answer }) => answer)
    expect(refreshes.filter((answer) => answer !== 200)).toEqual([])
  })
}
