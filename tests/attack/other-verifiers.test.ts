import { type AttackReport, attack, createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import {
  createHybridVerifier,
  createIntrospectionVerifier,
  createJwtVerifier,
  createMultiIssuerVerifier,
  createRemoteJwks,
} from '@bailiwick/verifier'
import { expect, test } from 'vitest'
import { resource } from '../adapters/host.js'
import { hosts } from '../adapters/hosts.js'
import { orders } from '../adapters/orders-contract.js'

const { audience } = orders

/** Attacks an API on the newest Fastify that has this verifier. */
async function attackApi(
  createVerifier: (input: { issuer: string; keys: ReturnType<typeof createRemoteJwks> }) => AccessTokenVerifier,
  options: (issuer: MockIssuer) => Partial<Parameters<typeof attack>[0]> = () => ({}),
): Promise<AttackReport> {
  const host = hosts.find(({ name }) => name === 'Fastify 5')
  if (host === undefined) throw new Error('there is no Fastify 5 among the hosts')
  const issuer = await createMockIssuer({ audience })
  const { url: name } = await issuer.listen()
  const api = await host.start({ verifier: createVerifier({ issuer: name, keys: createRemoteJwks({ issuer: name, cooldownMs: 20 }) }) })
  try {
    const claims = { scope: 'orders_read', account_nr: '42' }
    const url = `http://127.0.0.1:${api.port}/accounts/42/orders`
    const { claims: more, ...rest } = options(issuer)
    return await attack({ url, issuer, claims: { ...claims, ...more }, ...rest })
  } finally {
    await api.close()
    await issuer[Symbol.asyncDispose]()
  }
}

/** What was let in, or ended otherwise than in a refusal. */
function harm({ results }: AttackReport): readonly string[] {
  return results
    .filter(({ outcome }) => outcome !== 'as_expected')
    .map(({ forgery, variant, outcome, answer }) => `${forgery}.${variant}: ${outcome} ${JSON.stringify(answer)}`)
}

test('what is made of a token whose verdict is kept is refused all the same', async () => {
  // An RS256 signature is the same each time, so that every forgery is made of the very token that was let in before.
  const report = await attackApi(
    (input) => createJwtVerifier({ ...input, audience }),
    ({ clock }) => {
      const iat = Math.floor(clock.now() / 1000)
      return { algorithm: 'RS256', claims: { jti: 'kept', iat, exp: iat + 300 } }
    },
  )
  expect(harm(report)).toEqual([])
})

test('an API that also takes tokens bound to their senders takes none of them unbound', async () => {
  const report = await attackApi((input) =>
    createJwtVerifier({ ...input, audience, senderConstraint: { dpop: { publicUrl: resource }, mtls: { from: 'connection' } } }),
  )
  expect(harm(report)).toEqual([])
})

test('an API that takes tokens of many issuers', async () => {
  const report = await attackApi(({ issuer, keys }) => createMultiIssuerVerifier({ issuers: [{ issuer, audience, keys }] }))
  expect(harm(report)).toEqual([])
})

test('an API that also takes opaque tokens', async () => {
  const report = await attackApi(({ issuer, keys }) => {
    const client = { clientId: 'service', authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' } } as const
    const introspection = createIntrospectionVerifier({ issuer, audience, client })
    return createHybridVerifier({ jwt: createJwtVerifier({ issuer, audience, keys }), introspection })
  })
  expect(harm(report)).toEqual([])
})

test('an API that asks the issuer about every token', async () => {
  const report = await attackApi(({ issuer }) => {
    const client = { clientId: 'service', authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' } } as const
    return createIntrospectionVerifier({ issuer, audience, client })
  })
  // The issuer is asked, and stands by none of them.
  expect(harm(report)).toEqual([])
})
