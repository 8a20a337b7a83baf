import { describe, expect, it, vi } from 'vitest'
import { createJwtVerifier } from '../src/jwt-verifier.js'
import type { KeySource } from '../src/key-source.js'
import { createStaticJwks } from '../src/internal/static-jwks.js'
import { countingKeys, published, verifiedOnce } from './counting-keys.js'
import { createTestKey } from './token-factory.js'
import { outcome } from './verdict.js'
import { audience, claims, createVerifier, issuer, key, now, nowSeconds, rsaKey } from './verifier-fixture.js'

describe('a token that was verified before', () => {
  it('is not verified again, and gives the same object', async () => {
    const { keys, verifier, token, first } = await verifiedOnce()
    expect(await verifier.verify(Buffer.from(token).toString())).toBe(first)
    expect(keys.signatures()).toBe(1)
  })

  it('is verified each time with cache: false', async () => {
    const keys = countingKeys()
    const verifier = createVerifier({ keys: keys.source, cache: false })
    const token = await key.sign(claims)
    const first = await verifier.verify(token)
    const second = await verifier.verify(token)
    expect([second === first, second, keys.signatures()]).toEqual([false, first, 2])
  })

  it('is refused from the second on at which it expires, and before nbf if the clock is set back', async () => {
    let time = now
    const verifier = createVerifier({ now: () => time })
    const token = await key.sign({ ...claims, nbf: nowSeconds - 5, exp: nowSeconds + 10 })
    await verifier.verify(token)
    time = now + 9_999
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    time = now + 10_000
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
    time = now - 6_000
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_not_yet_valid')
  })

  it('is refused when it is older than maxTokenAgeSeconds', async () => {
    let time = now
    const verifier = createVerifier({ now: () => time, maxTokenAgeSeconds: 60 })
    const token = await key.sign(claims)
    await verifier.verify(token)
    time = now + 50_001
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_too_old')
  })

  it('is refused by a clock that gives no number', async () => {
    let time = now
    const verifier = createVerifier({ now: () => time })
    const token = await key.sign(claims)
    await verifier.verify(token)
    time = Number.NaN
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
  })

  it('is refused as soon as its key is no longer published', async () => {
    const { keys, verifier, token } = await verifiedOnce()
    keys.state.keys = []
    expect(await outcome(verifier.verify(token))).toBe('invalid_token signature_invalid')
    keys.state.keys = [keys.counted]
    expect(await outcome(verifier.verify(token))).toBe('accepted')
  })

  it('is refused when another key has taken the place and the kid of its own', async () => {
    const { keys, verifier, token } = await verifiedOnce()
    const other = await createTestKey('2026', 'ES256')
    keys.state.keys = await createStaticJwks({ keys: [other.jwk] }).keysFor({ alg: 'ES256', kid: '2026' })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token signature_invalid')
  })

  it('is refused when its key is published for other algorithms alone', async () => {
    const { keys, verifier, token } = await verifiedOnce()
    keys.state.keys = [{ ...published, algorithms: ['ES384'] }]
    expect(await outcome(verifier.verify(token))).toBe('invalid_token signature_invalid')
  })

  it('stands when the same key is published anew', async () => {
    const { keys, verifier, token, first } = await verifiedOnce()
    keys.state.keys = [{ ...keys.counted, jwk: { ...published.jwk } }]
    expect(await verifier.verify(token)).toBe(first)
    keys.state.keys = [await Promise.resolve(keys.counted)]
    expect([await verifier.verify(token), keys.signatures()]).toEqual([first, 1])
  })

  it('waits for keys that are being fetched, and is refused if they do not come', async () => {
    const asked = vi.fn<KeySource['keysFor']>(() => [published])
    const verifier = createVerifier({ keys: { keysFor: asked, newerKeysFor: () => Promise.resolve([]) } })
    const token = await key.sign(claims)
    const first = await verifier.verify(token)
    asked.mockImplementation(() => Promise.resolve([published]))
    expect(await verifier.verify(token)).toBe(first)
    asked.mockImplementation(() => Promise.reject(new Error('down')))
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
    asked.mockImplementation(() => {
      throw new Error('down')
    })
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
    asked.mockImplementation(() => Promise.resolve('nonsense' as never))
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
  })

  it('is refused when its time is over by the time that the keys have come', async () => {
    let time = now
    const verifier = createVerifier({
      now: () => time,
      keys: { keysFor: () => (time === now ? [published] : late()), newerKeysFor: () => Promise.resolve([]) },
    })
    const late = async () => {
      time = now + 300_000
      return [published]
    }
    const token = await key.sign(claims)
    await verifier.verify(token)
    time = now + 1
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
  })
})

describe('what is kept', () => {
  it('is the verdict on one token alone: one that differs in a character anywhere is examined', async () => {
    const verifier = createVerifier()
    const token = await key.sign(claims)
    await verifier.verify(token)
    const differing = Array.from({ length: token.length }, (_, at) => {
      const other = token[at] === 'A' ? 'B' : 'A'
      return `${token.slice(0, at)}${token[at] === '.' ? 'A' : other}${token.slice(at + 1)}`
    })
    const outcomes = await Promise.all(differing.map((changed) => outcome(verifier.verify(changed))))
    expect(outcomes.filter((each) => each === 'accepted')).toEqual([])
  })

  it('is no verdict for a token with the same signature and other claims', async () => {
    const verifier = createVerifier()
    const [header, , signature] = (await key.sign(claims)).split('.')
    await verifier.verify(await key.sign(claims))
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'jane' })).toString('base64url')
    expect(await outcome(verifier.verify(`${header}.${forged}.${signature}`))).toBe('invalid_token signature_invalid')
  })

  it('is never an error', async () => {
    const keys = countingKeys()
    const verifier = createVerifier({ keys: keys.source })
    const token = await key.sign({ ...claims, aud: 'billing-api' })
    for (let n = 0; n < 2; n += 1) expect(await outcome(verifier.verify(token))).toBe('invalid_token audience_mismatch')
    expect(keys.signatures()).toBe(2)
  })

  it('is bounded by entries: the least recently used makes room', async () => {
    const keys = countingKeys()
    const verifier = createVerifier({ keys: keys.source, cache: { maxEntries: 2 } })
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((jti) => key.sign({ ...claims, jti })))
    for (const token of [a, b, a, c, a]) await verifier.verify(token ?? '')
    expect(keys.signatures()).toBe(3)
    await verifier.verify(b ?? '')
    expect(keys.signatures()).toBe(4)
  })

  it('is bounded by bytes, and a token that is too large for all of it is verified each time', async () => {
    const keys = countingKeys()
    const verifier = createVerifier({ keys: keys.source, cache: { maxBytes: 10_000 } })
    const large = await key.sign({ ...claims, note: 'x'.repeat(3000) })
    for (let n = 0; n < 3; n += 1) await verifier.verify(large)
    expect(keys.signatures()).toBe(3)
    const small = await key.sign(claims)
    for (let n = 0; n < 3; n += 1) await verifier.verify(small)
    expect(keys.signatures()).toBe(4)
  })

  it.each([
    ['empty objects', () => ({})],
    ['empty lists', () => []],
    ['names that are all different', (at: number) => ({ [at.toString(36)]: 1 })],
  ])('is bounded by what its claims take as objects: of %s there are fewer than of as long a text', async (_, member) => {
    const keys = countingKeys()
    const verifier = createVerifier({ keys: keys.source, cache: { maxBytes: 80_000 } })
    const list = Array.from({ length: 900 }, (__, at) => member(at))
    for (const note of [JSON.stringify(list), list]) {
      const token = await key.sign({ ...claims, note })
      for (let n = 0; n < 2; n += 1) await verifier.verify(token)
    }
    expect(keys.signatures()).toBe(3)
  })

  it('belongs to one verifier: another has an audience of its own', async () => {
    const token = await key.sign(claims)
    await createVerifier().verify(token)
    expect(await outcome(createVerifier({ audience: 'billing-api' }).verify(token))).toBe('invalid_token audience_mismatch')
  })

  it.each([undefined, null, 42, {}, ['x']])('is not looked up by what is no token: %j', async (token) => {
    expect(await outcome(createVerifier().verify(token as never))).toBe('invalid_token token_malformed')
  })

  it.each([{ maxEntries: 0 }, { maxBytes: Number.NaN }, { ttlMs: 1 }])('cannot have the bounds %j', (cache) => {
    expect(() => createJwtVerifier({ issuer, audience, cache })).toThrow(/cache/)
  })
})

it('keeps the verdicts on keys of every kind', async () => {
  const verifier = createVerifier()
  for (const signer of [key, rsaKey]) {
    const token = await signer.sign(claims)
    expect(await verifier.verify(token)).toBe(await verifier.verify(token))
  }
})
