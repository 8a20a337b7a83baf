import {
  type AttackReport,
  attack,
  createMockIssuer,
  forgeries,
  type ForgeryName,
  type ForgeryVariant,
  type MockIssuer,
} from '@bailiwick/mock-issuer'
import { createJwtVerifier, createRemoteJwks, type TokenProfile } from '@bailiwick/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningHost } from '../adapters/host.js'
import { hosts } from '../adapters/hosts.js'
import { orders } from '../adapters/orders-contract.js'

const profiles: readonly TokenProfile[] = ['jwt', 'rfc9068']
const apis = hosts.flatMap((host) => profiles.map((profile) => [host.name, profile, host] as const))

/** Our answers where the RFCs leave open which. */
const ownAnswers: Readonly<Record<string, string>> = {
  'nonCanonicalBase64.padding': 'invalid_token',
  // No token at all by the grammar of the header (RFC 6750 §2.1).
  'nonCanonicalBase64.paddedHeader': 'invalid_request',
  'nonCanonicalBase64.whiteSpace': 'invalid_request',
  'nonCanonicalBase64.unusedBits': 'invalid_token',
  'nonCanonicalBase64.standardAlphabet': 'invalid_token',
  'nonCanonicalBase64.junk': 'invalid_token',
  // By the server of Node, before the API sees it.
  'hugeToken.claims': 'too_large',
  'hugeToken.signature': 'too_large',
  'otherScheme.none': 'invalid_request',
  'otherScheme.token': 'no_credentials',
  'otherScheme.dpop': 'invalid_token',
  'otherScheme.basic': 'no_credentials',
}

/** What is no access token of RFC 9068 is a bad token there, and grants nothing elsewhere. */
const scopeAsArray: Readonly<Record<TokenProfile, string>> = { jwt: 'insufficient_scope', rfc9068: 'invalid_token' }

describe.each(apis)('%s, profile %s', (_name, profile, host) => {
  let issuer: MockIssuer
  let api: RunningHost
  let report: AttackReport

  beforeAll(async () => {
    issuer = await createMockIssuer({ audience: orders.audience })
    const { url } = await issuer.listen()
    // An unknown kid waits for the next fetch of the keys: soon, so that the tests do not.
    const keys = createRemoteJwks({ issuer: url, cooldownMs: 20 })
    api = await host.start({ verifier: createJwtVerifier({ issuer: url, audience: orders.audience, keys, profile }) })
    report = await attack({
      url: `http://127.0.0.1:${api.port}/accounts/42/orders`,
      issuer,
      profile,
      claims: { scope: 'orders_read', account_nr: '42' },
    })
  }, 60_000)
  afterAll(async () => {
    await api.close()
    await issuer[Symbol.asyncDispose]()
  })

  test('lets good tokens in, of both algorithms and after the attack too, and nobody without one', () => {
    expect(report.controls.map(({ name, passed, answer }) => [name, passed, answer])).toEqual([
      ['good token', true, { status: 200 }],
      ['no token', true, { status: 401 }],
      ['good token of another algorithm', true, { status: 200 }],
      ['good token afterwards', true, { status: 200 }],
    ])
  })

  test.each(Object.values(forgeries))('answers $name as the RFC has it', ({ name, variants }) => {
    const results = report.results.filter(({ forgery }) => forgery === name)
    const expectedOf = (each: ForgeryName, { name: variant, expected }: ForgeryVariant) =>
      each === 'scopeAsArray' ? scopeAsArray[profile] : (ownAnswers[`${each}.${variant}`] ?? expected)
    const due = variants.filter((variant) => variant.profile === undefined || variant.profile === profile)
    expect(results.map(({ variant, outcome, answer }) => ({ variant, outcome, answer }))).toEqual(
      due.map((variant) => ({ variant: variant.name, outcome: 'as_expected', answer: toAnswer(expectedOf(name, variant)) })),
    )
  })

  test('answers at once, whatever it is sent', () => {
    expect(report.results.filter(({ durationMs }) => durationMs > 2000)).toEqual([])
  })
})

function toAnswer(expected: string) {
  switch (expected) {
    case 'invalid_token':
      return { status: 401, error: 'invalid_token' }
    case 'invalid_request':
      return { status: 400, error: 'invalid_request' }
    case 'insufficient_scope':
      return { status: 403, error: 'insufficient_scope' }
    case 'no_credentials':
      return { status: 401 }
    case 'too_large':
      return { status: 431 }
    case 'accepted':
      return { status: 200 }
    default:
      return undefined
  }
}
