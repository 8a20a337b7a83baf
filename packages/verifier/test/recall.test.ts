import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import { createStaticJwks } from '../src/internal/static-jwks.js'
import { createIntrospectionVerifier } from '../src/introspection-verifier.js'
import type { KeySource } from '../src/key-source.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { publicUrl } from './dpop-fixture.js'
import { client, endpoint } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { audience, claims, createVerifier, issuer, key, now, nowSeconds } from './verifier-fixture.js'

const token = await key.sign(claims)
const request = { method: 'GET', url: '/orders', headers: new Headers() }

describe('recall', () => {
  it('gives what verify gave, and nothing before that', async () => {
    const verifier = createVerifier()
    expect(verifier.recall(token)).toBe(undefined)
    const verified = await verifier.verify(token)
    expect([verifier.recall(token), verifier.recall(token, { scheme: 'Bearer', request })]).toEqual([verified, verified])
    expect(verifier.recall(token)).toBe(verified)
  })

  it('gives nothing once the token has expired, its key has left, or it was evicted', async () => {
    let time = now
    const published = createStaticJwks({ keys: [key.jwk] })
    let isPublished = true
    const keys: KeySource = { ...published, keysFor: (hint) => (isPublished ? published.keysFor(hint) : []) }
    const one = createVerifier({ now: () => time, keys })
    await one.verify(token)
    time = (nowSeconds + 300) * 1000
    expect(one.recall(token)).toBe(undefined)
    time = now
    expect(one.recall(token)?.claims.sub).toBe('john')
    isPublished = false
    expect(one.recall(token)).toBe(undefined)
    isPublished = true
    expect(one.recall(token)?.claims.sub).toBe('john')
    one.evict({ sub: 'john' })
    expect(one.recall(token)).toBe(undefined)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a number', 42],
    ['an empty text', ''],
    ['the end of the token', token.slice(-24)],
  ])('gives nothing for %s', async (_, other) => {
    const verifier = createVerifier()
    await verifier.verify(token)
    expect(verifier.recall(other as never)).toBe(undefined)
  })

  it('gives nothing where somebody has to be asked: about revocation, the sender, or the scheme', async () => {
    const isRevoked = vi.fn(() => false)
    const revocable = createVerifier({ revocation: { isRevoked } })
    await revocable.verify(token)
    expect([revocable.recall(token), isRevoked.mock.calls.length]).toEqual([undefined, 1])

    const bound = createVerifier({ senderConstraint: { dpop: { publicUrl }, mtls: { from: 'connection' } } })
    const certificate = Buffer.from('30820001', 'hex')
    const boundToken = await key.sign({ ...claims, cnf: { 'x5t#S256': createHash('sha256').update(certificate).digest('base64url') } })
    const overTls = { ...request, peer: { address: undefined, certificate } }
    expect(await outcome(bound.verify(boundToken, { scheme: 'Bearer', request: overTls }))).toBe('accepted')
    expect(bound.recall(boundToken, { scheme: 'Bearer', request: overTls })).toBe(undefined)

    await bound.verify(token)
    expect(bound.recall(token, { scheme: 'DPoP', request })).toBe(undefined)
    expect(bound.recall(token, { scheme: 'Bearer', request })?.claims.sub).toBe('john')
  })

  it('gives nothing without a cache', async () => {
    const verifier = createVerifier({ cache: false })
    await verifier.verify(token)
    expect(verifier.recall(token)).toBe(undefined)
  })

  it('is that of JWTs in a verifier of both kinds, unless they have to be confirmed', async () => {
    const jwt = createVerifier()
    const introspection = createIntrospectionVerifier({ issuer, audience, client, endpoint, now: () => now })
    const verified = await jwt.verify(token)
    expect(createHybridVerifier({ jwt, introspection }).recall?.(token)).toBe(verified)
    expect(createHybridVerifier({ jwt, introspection, confirm: () => false }).recall?.(token)).toBe(undefined)
  })

  it('gives nothing of an issuer that is no longer trusted', async () => {
    let isTrusted = true
    const resolve = () => ({ issuer, audience, keys: { jwks: { keys: [key.jwk] } } })
    const verifier = createMultiIssuerVerifier({ issuers: { isTrusted: () => isTrusted, resolve }, now: () => now })
    const verified = await verifier.verify(token)
    expect(verifier.recall(token)).toBe(verified)
    isTrusted = false
    expect(verifier.recall(token)).toBe(undefined)
  })
})
