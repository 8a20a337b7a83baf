import type { RequestLike, TokenPresentation } from '@bailiwick/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SenderConstraintOptions } from '../src/sender-constraint-options.js'
import * as node from '../src/internal/platform/node.js'
import * as portable from '../src/internal/platform/portable.js'
import type { createSenderCheck as CreateSenderCheck } from '../src/internal/sender/sender-check.js'
import { createClientCertificate } from './client-certificates.js'
import { createProofKey, hashOf, publicUrl, requestWith, token } from './dpop-fixture.js'
import { now } from './verifier-fixture.js'

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')
const client = await createProofKey()
/** The signatures of this one are always waited for. */
const slow = await createProofKey('ES384')
const attacker = await createProofKey()

const platforms = [
  ['that answers at once', node],
  ['that answers with promises', portable],
] as const

/** What an `async` function gives is no instance of it, as with zone.js and bluebird. */
class OtherPromise<T> extends Promise<T> {}

describe.each(platforms)('on a platform %s, where the global Promise has been replaced', (_, platform) => {
  let createSenderCheck: typeof CreateSenderCheck

  beforeAll(async () => {
    vi.doMock('#platform', () => platform)
    vi.resetModules()
    ;({ createSenderCheck } = await import('../src/internal/sender/sender-check.js'))
  })
  afterAll(() => {
    vi.doUnmock('#platform')
    vi.resetModules()
  })
  beforeEach(() => {
    vi.stubGlobal('Promise', OtherPromise)
    expect((async () => {})()).not.toBeInstanceOf(Promise)
  })
  afterEach(() => void vi.unstubAllGlobals())

  /** The way of the verifier: what is not `undefined` is waited for. */
  function create(options: SenderConstraintOptions = { mtls: { from: 'connection' }, dpop: { publicUrl } }) {
    const { check, support } = createSenderCheck(options, { now: () => now })
    const present = async (cnf: object, presentation: TokenPresentation): Promise<string> => {
      try {
        const checked = check(token, cnf, presentation)
        if (checked !== undefined) await checked
        return 'accepted'
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    return { present, support }
  }

  const over = ({ certificateDer }: typeof john, request: RequestLike = requestWith([])): RequestLike => ({
    ...request,
    peer: { address: '127.0.0.1', certificate: certificateDer },
  })
  const underDpop = (proof: string): TokenPresentation => ({ scheme: 'DPoP', request: requestWith(proof) })

  it('a certificate is checked before the token passes', async () => {
    const { present } = create()
    const cnf = { 'x5t#S256': john.thumbprint }
    expect(await present(cnf, { scheme: 'Bearer', request: over(john) })).toBe('accepted')
    expect(await present(cnf, { scheme: 'Bearer', request: over(mallory) })).toBe('certificate_mismatch')
  })

  it('a proof is checked before the token passes, by its key, signature, and hash of the token', async () => {
    for (const key of [client, slow]) {
      const { present } = create()
      const check = async (proof: Promise<string>) => present({ jkt: key.jkt }, underDpop(await proof))
      for (let round = 0; round < 2; round += 1) {
        expect(await check(attacker.prove())).toBe('dpop_key_mismatch')
        expect(await check(key.prove().then((proof) => proof.replace(/[^.]{43}$/, 'A'.repeat(43))))).toBe('dpop_proof_invalid')
        expect(await check(key.prove({ ath: hashOf('another') }))).toBe('dpop_proof_invalid')
        expect(await check(key.prove())).toBe('accepted')
      }
    }
  })

  it('a proof is used up, in the memory and in a store', async () => {
    const used = new Set<string>()
    const replayStore = { add: async (key: string) => used.size < used.add(key).size }
    for (const dpop of [{ publicUrl }, { publicUrl, replayStore }]) {
      const { present } = create({ dpop })
      const proof = await client.prove()
      expect(await present({ jkt: client.jkt }, underDpop(proof))).toBe('accepted')
      expect(await present({ jkt: client.jkt }, underDpop(proof))).toBe('dpop_proof_replayed')
    }
  })

  it('a nonce that is demanded is checked', async () => {
    const { present, support } = create({ dpop: { publicUrl, nonce: { secret: new Uint8Array(32) } } })
    const withNonce = async (nonce: unknown) => present({ jkt: client.jkt }, underDpop(await client.prove({ nonce })))
    expect(await withNonce('A'.repeat(54))).toBe('dpop_nonce_required')
    expect(await withNonce(await support?.dpop?.nonce?.())).toBe('accepted')
  })

  it('of two constraints both hold', async () => {
    const { present } = create()
    const cnf = { 'x5t#S256': john.thumbprint, jkt: client.jkt }
    const request = requestWith(await client.prove())
    expect(await present(cnf, { scheme: 'DPoP', request: over(mallory, request) })).toBe('certificate_mismatch')
    expect(await present(cnf, { scheme: 'DPoP', request: over(john, requestWith(await attacker.prove())) })).toBe('dpop_key_mismatch')
    expect(await present(cnf, { scheme: 'DPoP', request: over(john, request) })).toBe('accepted')
    expect(await present(cnf, { scheme: 'DPoP', request: over(john, request) })).toBe('dpop_proof_replayed')
  })
})
