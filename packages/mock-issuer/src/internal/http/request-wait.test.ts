import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'

test('gives a request that is in the log already', async () => {
  const issuer = await createMockIssuer()
  await issuer.fetch(`${issuer.issuer}/jwks`)

  expect(await issuer.waitForRequest({ endpoint: 'jwks' })).toBe(issuer.requests[0])
})

test('waits for one that comes, and for its answer where a status is asked for', async () => {
  const issuer = await createMockIssuer()
  const arrived = issuer.waitForRequest({ endpoint: 'jwks' })
  const answered = issuer.waitForRequest({ endpoint: 'jwks', status: 200 })
  const fault = issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
  const response = issuer.fetch(`${issuer.issuer}/jwks`)

  expect((await arrived).status).toBe(undefined)
  fault.remove()
  expect((await answered).status).toBe(200)
  await response
})

test('can wait for the next one', async () => {
  const issuer = await createMockIssuer()
  await issuer.fetch(`${issuer.issuer}/jwks`)
  const first = await issuer.waitForRequest({ endpoint: 'jwks' })
  const next = issuer.waitForRequest({ endpoint: 'jwks' }, { after: first })
  await issuer.fetch(`${issuer.issuer}/jwks`)

  expect(await next).toBe(issuer.requests[1])
})

test('says what came instead when the time is over', async () => {
  const issuer = await createMockIssuer()
  await expect(issuer.waitForRequest({ endpoint: 'token' }, { timeoutMs: 1 })).rejects.toMatchObject({
    code: 'request_not_seen',
    message: 'No request with {"endpoint":"token"} came within 1 ms. None came.',
  })
  await issuer.fetch(`${issuer.issuer}/jwks?secret=1`)
  await expect(issuer.waitForRequest({ endpoint: 'token', grantType: 'x' }, { timeoutMs: 1 })).rejects.toThrow(
    'The last that came: GET /mock-issuer/jwks (200).',
  )
})

test.each([0, 1.5, 600_001])('refuses to wait for %d ms', async (timeoutMs) => {
  const issuer = await createMockIssuer()
  await expect(issuer.waitForRequest({}, { timeoutMs })).rejects.toMatchObject({ code: 'invalid_option' })
})
