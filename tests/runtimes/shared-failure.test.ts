import { createMockIssuer } from '@bailiwick/mock-issuer'
import { describe, expect, test } from 'vitest'
import { isInstalled, type Runtime, runtimes } from './runtimes.js'
import { startSubject } from './subject.js'

/** What fails of itself is not taken for what a Worker has cut off: those who waited would ask again, one after the other. */
describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))('on %s', (_name, runtime) => {
  test.skipIf(!isInstalled(runtime))('a load of keys that fails is a failure of every request that waited for it, and made once', () =>
    failOnce(runtime),
  )
})

async function failOnce(runtime: Runtime): Promise<void> {
  await using subject = await startSubject(runtime)
  await using issuer = await createMockIssuer({ audience: 'orders-api' })
  await issuer.listen()
  await subject.run('openOrdersApi', { issuer: issuer.issuer, publicUrl: subject.origin })
  const late = issuer.faults.add({ endpoint: 'openid-configuration', kind: 'delay', delayMs: 500, times: 1 })
  issuer.faults.add({ endpoint: 'jwks', kind: 'status', status: 500 })
  const token = await issuer.accessToken({ sub: 'john', scope: 'orders_read', account_nr: '42' })
  const asked = Array.from({ length: 10 }, () =>
    fetch(`${subject.origin}/api/accounts/42/orders`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(4000),
    }),
  )
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect([statuses, late.timesMet, await subject.run('requestsForKeys')]).toEqual([Array.from({ length: 10 }, () => 503), 1, 2])
}
