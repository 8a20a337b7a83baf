import { createMockIssuer } from '@bailiwick/mock-issuer'
import type { Fault, MockIssuer } from '@bailiwick/mock-issuer'
import { createJwtVerifier, createRemoteJwks } from '@bailiwick/verifier'
import type { JwtVerifier } from '@bailiwick/verifier'
import { afterEach, expect, test } from 'vitest'

const open: MockIssuer[] = []

afterEach(async () => {
  for (const issuer of open.splice(0)) await issuer[Symbol.asyncDispose]()
})

/** A verifier that has the issuer's keys over a socket, and little patience. */
async function start(): Promise<{ issuer: MockIssuer; verifier: JwtVerifier }> {
  const issuer = await createMockIssuer()
  open.push(issuer)
  const { url } = await issuer.listen()
  const { audience, now } = issuer.verifierOptions()
  const keys = createRemoteJwks({ jwksUri: `${url}/jwks`, now, timeoutMs: 200, cooldownMs: 1 })
  return { issuer, verifier: createJwtVerifier({ issuer: url, audience: String(audience), keys, now }) }
}

const outages: readonly Fault[] = [
  { endpoint: 'jwks', kind: 'delay', delayMs: 60_000 },
  { endpoint: 'jwks', kind: 'hang' },
  { endpoint: 'jwks', kind: 'reset' },
  { endpoint: 'jwks', kind: 'status', status: 500 },
  { endpoint: 'jwks', kind: 'status', status: 404, body: { keys: [] } },
  { endpoint: 'jwks', kind: 'redirect', location: 'http://127.0.0.1:9/' },
  { endpoint: 'jwks', kind: 'truncated' },
  { endpoint: 'jwks', kind: 'truncated', how: 'body-cut' },
  { endpoint: 'jwks', kind: 'huge' },
  { endpoint: 'jwks', kind: 'drip', intervalMs: 50 },
  { endpoint: 'jwks', kind: 'malformed-json' },
]

test.each(outages)('the verifier calls no token bad because of %j, and goes on when it is over', async (fault) => {
  const { issuer, verifier } = await start()
  const token = await issuer.accessToken({ sub: 'john' })
  const added = issuer.faults.add(fault)

  await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'unavailable' })
  expect(added.timesMet).toBeGreaterThan(0)
  added.remove()
  issuer.clock.advanceSeconds(30)
  expect((await verifier.verify(token)).claims['sub']).toBe('john')
})

test('a verifier with the options of the issuer notices that it hangs within the time of a test', async () => {
  const issuer = await createMockIssuer()
  open.push(issuer)
  issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
  const token = await issuer.accessToken()

  await expect(createJwtVerifier({ ...issuer.verifierOptions() }).verify(token)).rejects.toMatchObject({ outcome: 'unavailable' })
  const impatient = createJwtVerifier({ ...issuer.verifierOptions(), timeoutMs: 20 })
  await expect(impatient.verify(token)).rejects.toMatchObject({ outcome: 'unavailable' })
}, 4000)

test('the verifier takes no token in the name of another issuer', async () => {
  const { issuer, verifier } = await start()
  issuer.faults.add({ endpoint: 'token', kind: 'wrong-issuer', issuer: 'https://other.example.com' })

  await expect(verifier.verify(await getToken(issuer))).rejects.toMatchObject({ code: 'issuer_mismatch' })
})

test('the verifier tolerates a clock that is a little off, and no more', async () => {
  const { issuer, verifier } = await start()
  issuer.faults.add({ endpoint: 'token', kind: 'clock-skew', skewSeconds: -301, times: 1 })
  issuer.faults.add({ endpoint: 'token', kind: 'clock-skew', skewSeconds: 2, times: 1 })

  await expect(verifier.verify(await getToken(issuer))).rejects.toMatchObject({ code: 'token_expired' })
  expect((await verifier.verify(await getToken(issuer))).claims['sub']).toBe('service')
})

test('the verifier finds the new key although it got the old ones as the keys rotated', async () => {
  const { issuer, verifier } = await start()
  issuer.faults.add({ endpoint: 'jwks', kind: 'rotate-mid-flight', times: 1 })
  await verifier.verify(await issuer.accessToken())
  issuer.clock.advanceSeconds(2)

  expect((await verifier.verify(await issuer.accessToken({ sub: 'john' }))).claims['sub']).toBe('john')
})

async function getToken(issuer: MockIssuer): Promise<string> {
  const body = new URLSearchParams({ client_id: 'service', client_secret: 'service-secret', grant_type: 'client_credentials' })
  const answer = (await (await fetch(`${issuer.issuer}/token`, { method: 'POST', body })).json()) as { access_token: string }
  return answer.access_token
}
