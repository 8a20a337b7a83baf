import { describe, expect, it } from 'vitest'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import type { IssuerResolver, MultiIssuerVerifierOptions } from '../src/multi-issuer-verifier-options.js'
import { settle } from './fake-clock.js'
import { homeKey } from './multi-issuer-fixture.js'
import { claims, now, nowSeconds } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const nameOf = (at: number) => `https://tenant-${at}.example.com`
const audience = 'orders-api'
const rulesOf = (issuer: string): JwtRulesOptions => ({ issuer, audience, keys: { jwksUri: `${issuer}/jwks` } })
const tokenOf = (at: number, more: Record<string, unknown> = {}) => homeKey.sign({ ...claims, iss: nameOf(at), ...more })
const tenants = (count: number) => Array.from({ length: count }, (_, at) => at)

/** The keys of every issuer, which all come at once when so many are asked for. A test that asks without end fails. */
function createNetwork({ opensAt = 0, whenOpened = () => {} } = {}) {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve)).then(whenOpened)
  const asked: string[] = []
  const fetch = async (url: string) => {
    if (asked.push(url) > 4000) throw new TypeError('too many fetches')
    if (asked.length >= opensAt) open()
    await opened
    return Response.json({ keys: [homeKey.jwk] })
  }
  return { fetch, asked, open: () => open() }
}

function createTenants(options: Partial<MultiIssuerVerifierOptions>, resolver: Partial<IssuerResolver> = {}) {
  return createMultiIssuerVerifier({ issuers: { isTrusted: () => true, resolve: rulesOf, ...resolver }, now: () => now, ...options })
}

const outcomes = (verifier: ReturnType<typeof createTenants>, tokens: string[]) =>
  Promise.all(tokens.map((token) => outcome(verifier.verify(token))))

describe('more issuers at once than there are places for newcomers', () => {
  it('all have their tokens accepted, with one fetch for each', async () => {
    const { fetch, asked } = createNetwork({ opensAt: 1200 })
    const tokens = await Promise.all(tenants(1200).map((at) => tokenOf(at)))
    expect(new Set(await outcomes(createTenants({ fetch }), tokens))).toEqual(new Set(['accepted']))
    expect(asked).toHaveLength(1200)
  })

  it('have it of a list, too, which has a place for one', async () => {
    const { fetch, asked } = createNetwork({ opensAt: 2 })
    const verifier = createMultiIssuerVerifier({ issuers: [0, 1].map(nameOf).map(rulesOf), maxIssuers: 1, fetch, now: () => now })
    expect(await outcomes(verifier, [await tokenOf(0), await tokenOf(1)])).toEqual(['accepted', 'accepted'])
    expect(asked).toEqual([`${nameOf(0)}/jwks`, `${nameOf(1)}/jwks`])
  })
})

describe('many tokens of more issuers than there are places', () => {
  it('share one question about an issuer, and one fetch of its keys', async () => {
    const { fetch, asked, open } = createNetwork({ opensAt: Number.POSITIVE_INFINITY })
    const questions: string[] = []
    const resolve = (issuer: string) => (questions.push(issuer), rulesOf(issuer))
    const verifier = createTenants({ fetch, maxIssuers: 1 }, { resolve })
    const told: Promise<string[]>[] = []
    for (const jti of ['1', '2', '3']) {
      told.push(outcomes(verifier, await Promise.all(tenants(3).map((at) => tokenOf(at, { jti })))))
      await settle()
    }
    open()
    expect(new Set((await Promise.all(told)).flat())).toEqual(new Set(['accepted']))
    expect([questions, asked.length]).toEqual([[0, 1, 2].map(nameOf), 3])
  })
})

describe('an issuer that made room for others while its keys were fetched', () => {
  /** Three issuers at once, with a place for one, whose rules are to be asked for again when the keys come; and something that changes. */
  async function verifyWhile(change: (clock: { time: number }) => void, resolver: Partial<IssuerResolver>, more: object = {}) {
    const clock = { time: now }
    const whenOpened = () => change(Object.assign(clock, { time: now + 1000 }))
    const { fetch, asked } = createNetwork({ opensAt: 3, whenOpened })
    const tokens = await Promise.all(tenants(3).map((at) => tokenOf(at, { ...more })))
    const verifier = createTenants({ fetch, maxIssuers: 1, now: () => clock.time }, { resolveTtlMs: 1000, ...resolver })
    return { results: await outcomes(verifier, tokens), asked }
  }

  it('is refused when it is no longer trusted', async () => {
    let isTrusted = true
    const { results } = await verifyWhile(() => (isTrusted = false), { isTrusted: () => isTrusted })
    expect(results).toEqual(tenants(3).map(() => 'invalid_token issuer_unknown'))
  })

  it('is refused when there are no rules for it any more', async () => {
    const known = new Set(tenants(3).map(nameOf))
    const resolve = (issuer: string) => (known.has(issuer) ? rulesOf(issuer) : undefined)
    const { results } = await verifyWhile(() => known.delete(nameOf(0)), { resolve })
    expect(results).toEqual(['invalid_token issuer_unknown', 'accepted', 'accepted'])
  })

  it('is examined by the rules that it has now', async () => {
    let audienceNow = audience
    const resolve = (issuer: string) => ({ ...rulesOf(issuer), audience: issuer === nameOf(0) ? audienceNow : audience })
    const { results } = await verifyWhile(() => (audienceNow = 'billing-api'), { resolve })
    expect(results).toEqual(['invalid_token audience_mismatch', 'accepted', 'accepted'])
  })

  it('has a token refused that expires while the resolver takes its time', async () => {
    let takeTime = () => {}
    const resolve = async (issuer: string) => {
      takeTime()
      return rulesOf(issuer)
    }
    const change = (clock: { time: number }) => (takeTime = () => (clock.time = now + 30_000))
    const { results } = await verifyWhile(change, { resolve }, { exp: nowSeconds + 30 })
    expect(results).toEqual(tenants(3).map(() => 'invalid_token token_expired'))
  })

  it('cannot be decided on when its rules are others each time that they are asked for', async () => {
    let age = 60
    const resolver = { resolveTtlMs: 1, resolve: (issuer: string) => ({ ...rulesOf(issuer), maxTokenAgeSeconds: (age += 1) }) }
    const { fetch, asked } = createNetwork({ opensAt: 3 })
    const verifier = createTenants({ fetch, maxIssuers: 1, now: () => now + age }, resolver)
    const results = await outcomes(verifier, await Promise.all(tenants(3).map((at) => tokenOf(at))))
    expect(results).toEqual(tenants(3).map(() => 'unavailable issuer_unavailable'))
    expect(asked.length).toBeLessThanOrEqual(6)
  })
})

describe('an issuer that made room for another since', () => {
  it('keeps its verdicts, and has its keys again for its next token', async () => {
    const { fetch, asked } = createNetwork({ opensAt: 1 })
    const verifier = createMultiIssuerVerifier({ issuers: [0, 1].map(nameOf).map(rulesOf), maxIssuers: 1, fetch, now: () => now })
    const [one, other] = [await tokenOf(0), await tokenOf(1)]
    const first = await verifier.verify(one)
    await verifier.verify(other)
    expect(await verifier.verify(one)).toBe(first)
    expect(await outcome(verifier.verify(await tokenOf(0, { jti: 'another' })))).toBe('accepted')
    expect(asked).toEqual([`${nameOf(0)}/jwks`, `${nameOf(1)}/jwks`])
  })

  it('keeps them with a resolver, which is asked again, and says so when it is no longer trusted', async () => {
    const { fetch, asked } = createNetwork({ opensAt: 1 })
    const questions: string[] = []
    const known = new Set([0, 1].map(nameOf))
    const resolve = (issuer: string) => (questions.push(issuer), known.has(issuer) ? rulesOf(issuer) : undefined)
    const verifier = createTenants({ fetch, maxIssuers: 1 }, { resolve })
    const [one, other] = [await tokenOf(0), await tokenOf(1)]
    const first = await verifier.verify(one)
    await verifier.verify(other)
    expect(await verifier.verify(one)).toBe(first)
    expect(verifier.recall(one)).toBe(first)
    expect(asked).toHaveLength(2)
    expect(questions).toEqual([0, 1, 0].map(nameOf))
    known.delete(nameOf(1))
    expect(await outcome(verifier.verify(other))).toBe('invalid_token issuer_unknown')
  })
})
