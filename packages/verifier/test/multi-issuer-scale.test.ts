import { describe, expect, it, vi } from 'vitest'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import type { KeySource } from '../src/key-source.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { createListedIssuers } from '../src/internal/multi-issuer/listed-issuers.js'
import { type JwtVerificationSettings, prepareJwtRules } from '../src/internal/jwt-rules-settings.js'
import { createRecordingFetch } from './multi-issuer-fixture.js'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { claims, now } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const keys = await Promise.all(['a', 'b', 'c', 'd'].map((kid) => createTestKey(kid, 'EdDSA')))
const nameOf = (at: number) => `https://tenant-${at}.example.com`
const keyOf = (at: number) => keys[at % keys.length] ?? expect.fail('there are four')
const tokenOf = (at: number, iss = nameOf(at)) => keyOf(at).sign({ ...claims, iss, aud: `orders-${at}` })
const tenants = (count: number) => Array.from({ length: count }, (_, at) => at)

/** Metadata and keys of every tenant; it remembers what was asked. */
function createNetwork() {
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    const { origin, hostname, pathname } = new URL(url)
    if (pathname === '/jwks') return Response.json({ keys: [keyOf(Number(/\d+/.exec(hostname)?.[0])).jwk] })
    return Response.json({ issuer: origin, jwks_uri: `${origin}/jwks` })
  }
  return { fetch, asked }
}

describe('10,000 issuers in a list', () => {
  it('cost nothing before their tokens come, and each only what is its own', async () => {
    const { fetch, asked } = createNetwork()
    const clock = vi.fn(() => now)
    const issuers = tenants(10_000).map((at) => ({ issuer: nameOf(at), audience: `orders-${at}` }))
    const verifier = createMultiIssuerVerifier({ issuers, fetch, now: clock })
    expect(asked).toEqual([])
    expect(clock).not.toHaveBeenCalled()
    expect(verifier.issuers).toHaveLength(10_000)

    const visited = tenants(10_000).filter((at) => at % 499 === 0)
    for (const at of visited) expect((await verifier.verify(await tokenOf(at))).issuer).toBe(nameOf(at))
    const expected = visited.flatMap((at) => [`${nameOf(at)}/.well-known/openid-configuration`, `${nameOf(at)}/jwks`])
    expect(asked).toEqual(expected)

    for (const at of visited) expect(await outcome(verifier.verify(await tokenOf(at, nameOf(at + 1))))).toBe('invalid_token key_not_found')
    expect(await outcome(verifier.verify(await tokenOf(1, nameOf(10_000))))).toBe('invalid_token issuer_unknown')
  })

  it('are selected by a look-up: the others are not looked at', () => {
    const prepared = prepareJwtRules(
      { issuer: nameOf(0), audience: null },
      { now: () => now, fetch: undefined, maxTokenBytes: 1000, timeoutMs: 5000 },
    )
    const looked: string[] = []
    const listed = new Map(tenants(10_000).map((at) => [nameOf(at), { ...prepared, issuer: nameOf(at) }]))
    const get = listed.get.bind(listed)
    vi.spyOn(listed, 'get').mockImplementation((name) => (looked.push(name), get(name)))
    const scans = (['keys', 'values', 'entries', 'forEach'] as const).map((name) => vi.spyOn(listed, name))
    const directory = createListedIssuers(listed, { maxIssuers: 10_000, now: () => now })
    expect(directory.find(nameOf(9_999))).toMatchObject({ issuer: nameOf(9_999) })
    expect(directory.find(nameOf(9_999))).toBe(directory.find(nameOf(9_999)))
    expect(looked).toEqual([nameOf(9_999)])
    expect(scans.map((scan) => scan.mock.calls.length)).toEqual([0, 0, 0, 0])
  })

  it('do not make room for each other, however many are named', async () => {
    const { fetch, asked } = createNetwork()
    const issuers = tenants(3000).map((at) => ({ issuer: nameOf(at), audience: `orders-${at}`, algorithms: ['EdDSA' as const] }))
    const verifier = createMultiIssuerVerifier({ issuers, fetch, now: () => now, maxIssuers: 3000 })
    const first = await tokenOf(0)
    const token = await keyOf(0).sign({ ...claims, iss: nameOf(0), aud: 'orders-0', jti: 'another' })
    const verified = await verifier.verify(first)
    for (const at of tenants(3000)) {
      expect(await outcome(verifier.verify(rawToken({ alg: 'ES256' }, { iss: nameOf(at) })))).toBe('invalid_token algorithm_not_allowed')
    }
    expect(await verifier.verify(first)).toBe(verified)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(asked).toHaveLength(2)
  })
})

describe('the issuers that are held', () => {
  /** Key sources that count how often they are made, as the place for a source in each preparation. */
  function createCounted(count: number, maxIssuers: number) {
    const made = new Map<string, number>()
    const settings: JwtVerificationSettings = {
      now: () => now,
      fetch: createRecordingFetch().fetch,
      maxTokenBytes: 16_384,
      timeoutMs: 5000,
    }
    const prepare = (at: number) => {
      const rules = prepareJwtRules({ issuer: nameOf(at), audience: null, keys: { jwks: { keys: [keyOf(at).jwk] } } }, settings)
      const createKeys = (): KeySource => {
        made.set(nameOf(at), (made.get(nameOf(at)) ?? 0) + 1)
        return rules.createKeys()
      }
      return [nameOf(at), { ...rules, createKeys }] as const
    }
    return { directory: createListedIssuers(new Map(tenants(count).map(prepare)), { maxIssuers, now: () => now }), made }
  }

  it('make room for others when there are more than maxIssuers, and are made anew when they are needed', async () => {
    const { directory, made } = createCounted(5, 2)
    const use = async (at: number) => {
      const known = await directory.find(nameOf(at))
      await known.examine(await tokenOf(at))
      directory.prove(known)
      return known
    }
    const first = await use(0)
    await use(1)
    await use(2)
    expect(await use(0)).not.toBe(first)
    expect([...made]).toEqual([
      [nameOf(0), 2],
      [nameOf(1), 1],
      [nameOf(2), 1],
    ])
  })

  it('all have their place in a list that is not longer', async () => {
    const { directory, made } = createCounted(1500, 1500)
    for (const at of [...tenants(1500), ...tenants(1500)]) await directory.find(nameOf(at))
    expect([made.size, Math.max(...made.values())]).toEqual([1500, 1])
  })

  it('do not push out those in use by being named in tokens that are not theirs', async () => {
    const { directory, made } = createCounted(3000, 10)
    const used = await directory.find(nameOf(0))
    directory.prove(used)
    for (const at of tenants(3000)) await directory.find(nameOf(at))
    expect(directory.find(nameOf(0))).toBe(used)
    expect(made.get(nameOf(0))).toBe(1)
    expect(directory.find(nameOf(1))).not.toBe(used)
    expect(made.get(nameOf(1))).toBe(2)
  })
})

describe('a resolver of any number of issuers', () => {
  function setUp() {
    const asked: string[] = []
    const resolve = (issuer: string): JwtRulesOptions | undefined => {
      asked.push(issuer)
      const at = Number(/\d+/.exec(issuer)?.[0])
      if (at >= 1000) return undefined
      return { issuer, audience: `orders-${at}`, keys: { jwks: { keys: [keyOf(at).jwk] } } }
    }
    const issuers = { isTrusted: () => true, resolve }
    return { asked, verifier: createMultiIssuerVerifier({ issuers, maxIssuers: 3, now: () => now, cache: false }) }
  }

  it('is asked within bounds, and forgets the least recently used', async () => {
    const { asked, verifier } = setUp()
    for (const at of [0, 1, 2, 0, 1, 2]) expect(await outcome(verifier.verify(await tokenOf(at)))).toBe('accepted')
    expect(asked).toEqual([0, 1, 2].map(nameOf))
    for (const at of [1000, 1001, 1002, 1003, 1003]) {
      expect(await outcome(verifier.verify(rawToken({ alg: 'EdDSA' }, { iss: nameOf(at) })))).toBe('invalid_token issuer_unknown')
    }
    expect(asked.slice(3)).toEqual([1000, 1001, 1002, 1003].map(nameOf))
    for (const at of [0, 1, 2, 3, 1, 0]) expect(await outcome(verifier.verify(await tokenOf(at)))).toBe('accepted')
    expect(asked.slice(7)).toEqual([3, 0].map(nameOf))
  })

  it('does not have those in use forgotten for others that are named, and forgets these', async () => {
    const { asked, verifier } = setUp()
    expect(await outcome(verifier.verify(await tokenOf(0)))).toBe('accepted')
    const name = (at: number) => outcome(verifier.verify(rawToken({ alg: 'EdDSA', kid: 'a' }, { iss: nameOf(at) })))
    for (const at of tenants(21)) {
      expect(await name(at)).toBe(at % 4 === 0 ? 'invalid_token signature_invalid' : 'invalid_token key_not_found')
    }
    expect(await outcome(verifier.verify(await tokenOf(0)))).toBe('accepted')
    expect(asked).toEqual(tenants(21).map(nameOf))
    await name(17)
    expect(asked).toHaveLength(22)
    await name(20)
    expect(asked).toHaveLength(22)
  })
})
