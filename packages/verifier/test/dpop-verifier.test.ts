import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigurationError, fromNodeRequest } from '@bailiwick/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccessTokenError } from '../src/access-token-error.js'
import type { DpopOptions } from '../src/dpop-options.js'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { outcome } from './verdict.js'
import { claims, createVerifier, key } from './verifier-fixture.js'

const client = await createProofKey()
const attacker = await createProofKey()
const bound = await key.sign({ ...claims, cnf: { jkt: client.jkt } })
const plain = await key.sign(claims)

const create = (dpop: Partial<DpopOptions> = {}, required?: boolean) =>
  createVerifier({ senderConstraint: { dpop: { publicUrl, ...dpop }, required } })
const proofFor = (token: string, members: Record<string, unknown> = {}) => client.prove({ ath: hashOf(token), ...members })
const underDpop = async (proof: string | Promise<string>) => ({ scheme: 'DPoP' as const, request: requestWith(await proof) })

describe('a token that is bound to a key', () => {
  it('is accepted with a proof of that key', async () => {
    const { claims: verified } = await create().verify(bound, await underDpop(proofFor(bound)))
    expect(verified).toMatchObject({ sub: 'john', cnf: { jkt: client.jkt } })
  })

  it('has its sender checked each time, however well the token is known', async () => {
    const verifier = create()
    const proof = await proofFor(bound)
    expect(await outcome(verifier.verify(bound, await underDpop(proof)))).toBe('accepted')
    expect(await outcome(verifier.verify(bound, await underDpop(proof)))).toBe('invalid_token dpop_proof_replayed')
    expect(await outcome(verifier.verify(bound, await underDpop(attacker.prove({ ath: hashOf(bound) }))))).toBe(
      'invalid_token dpop_key_mismatch',
    )
    expect(await outcome(verifier.verify(bound, { scheme: 'DPoP', request: requestWith([]) }))).toBe('invalid_token dpop_proof_missing')
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound))))).toBe('accepted')
  })

  it('is refused as a bearer token, with a proof and without, and where the request is not given', async () => {
    const verifier = create()
    const request = requestWith(await proofFor(bound))
    expect(await outcome(verifier.verify(bound, { scheme: 'Bearer', request }))).toBe('invalid_token scheme_mismatch')
    expect(await outcome(verifier.verify(bound))).toBe('invalid_token confirmation_unchecked')
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound))))).toBe('accepted')
  })

  it('is refused with the proof for another token of the same client', async () => {
    const other = await key.sign({ ...claims, jti: 'other', cnf: { jkt: client.jkt } })
    expect(await outcome(create().verify(bound, await underDpop(proofFor(other))))).toBe('invalid_token dpop_proof_invalid')
  })

  it('is one by its own cnf, not by what all objects inherit', async () => {
    const verifier = create({}, true)
    Reflect.defineProperty(Object.prototype, 'cnf', { value: { jkt: client.jkt }, configurable: true })
    try {
      expect(await outcome(verifier.verify(plain, await underDpop(proofFor(plain))))).toBe('invalid_token sender_constraint_missing')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'cnf')
    }
  })

  it('that has expired does not use a proof up', async () => {
    const verifier = create()
    const expired = await key.sign({ ...claims, exp: claims.iat, cnf: { jkt: client.jkt } })
    const jti = 'once'
    expect(await outcome(verifier.verify(expired, await underDpop(proofFor(expired, { jti }))))).toBe('invalid_token token_expired')
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound, { jti }))))).toBe('accepted')
  })

  it('cannot be decided about while the store is down', async () => {
    const verifier = create({ replayStore: { add: () => Promise.reject(new Error('ECONNREFUSED')) } })
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound))))).toBe('unavailable replay_unavailable')
  })
})

describe('a plain token', () => {
  it('is refused under DPoP, even with a proof', async () => {
    expect(await outcome(create().verify(plain, await underDpop(proofFor(plain))))).toBe('invalid_token scheme_mismatch')
  })

  it('is accepted as a bearer token, unless tokens must be bound', async () => {
    const presentation = { scheme: 'Bearer' as const, request: requestWith([]) }
    expect(await outcome(create().verify(plain, presentation))).toBe('accepted')
    expect(await outcome(create({}, true).verify(plain, presentation))).toBe('invalid_token sender_constraint_missing')
  })
})

describe('the verifier', () => {
  it('says what a client must know of proofs', async () => {
    const verifier = create({ algorithms: ['ES256'], nonce: { secret: new Uint8Array(32) } }, true)
    expect(verifier.senderConstraint).toMatchObject({ required: true, mtls: false, dpop: { algorithms: ['ES256'] } })
    const nonce = await verifier.senderConstraint?.dpop?.nonce?.()
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound))))).toBe('invalid_token dpop_nonce_required')
    expect(await outcome(verifier.verify(bound, await underDpop(proofFor(bound, { nonce }))))).toBe('accepted')
  })

  it('does not begin with options that cannot work', () => {
    expect(() => create({ publicUrl: 'http://api.example.com' })).toThrow(ConfigurationError)
    expect(() => create({ maxProofAgeSeconds: 0 })).toThrow('senderConstraint.dpop.maxProofAgeSeconds must be a number, from 1 to 600')
  })
})

describe('over HTTP', () => {
  const verifier = create()
  const server = createServer((request, response) => {
    const token = request.headers.authorization?.replace(/^DPoP /, '') ?? ''
    verifier.verify(token, { scheme: 'DPoP', request: fromNodeRequest(request) }).then(
      () => response.end('accepted'),
      (error: unknown) => response.end(error instanceof AccessTokenError ? error.code : 'fault'),
    )
  })
  let origin = ''

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  async function send(path: string, proofs: string[]): Promise<string> {
    const headers = new Headers({ Authorization: `DPoP ${bound}` })
    for (const proof of proofs) headers.append('DPoP', proof)
    return (await fetch(origin + path, { headers })).text()
  }

  it('a proof for the public URL passes once, whatever host the server was reached under', async () => {
    const proof = await proofFor(bound)
    expect(await send('/orders?page=2', [proof])).toBe('accepted')
    expect(await send('/orders?page=2', [proof])).toBe('dpop_proof_replayed')
  })

  it('a proof for the address of the server is refused', async () => {
    expect(await send('/orders', [await proofFor(bound, { htu: `${origin}/orders` })])).toBe('dpop_proof_invalid')
  })

  it('two fields are refused', async () => {
    expect(await send('/orders', [await proofFor(bound), await proofFor(bound)])).toBe('dpop_proof_missing')
  })

  it('one of many of the same proof passes', async () => {
    const proof = await proofFor(bound)
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('/orders', [proof])))
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'dpop_proof_replayed')).toHaveLength(19)
  })
})
