import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { mergeSenderConstraints } from './merged-sender-constraint.js'

const none = { required: false, mtls: false }
const dpop = (...algorithms: string[]) => ({ algorithms })

describe('what is told of two verifiers', () => {
  it('is nothing when neither takes bound tokens, and something as soon as one does', () => {
    expect(mergeSenderConstraints(undefined, undefined)).toBeUndefined()
    expect(mergeSenderConstraints({ required: true, mtls: true }, undefined)).toEqual(none)
    expect(mergeSenderConstraints(undefined, { required: true, mtls: true })).toEqual(none)
  })

  it('is that bound tokens are required, or certificates taken, only when both say so', () => {
    const both = { required: true, mtls: true }
    expect(mergeSenderConstraints(both, both)).toEqual(both)
    expect(mergeSenderConstraints(both, { ...both, required: false })).toEqual({ required: false, mtls: true })
    expect(mergeSenderConstraints({ ...both, required: false }, both)).toEqual({ required: false, mtls: true })
    const ofKeys = { required: true, mtls: false, dpop: dpop('ES256') }
    expect(mergeSenderConstraints({ ...ofKeys, mtls: true }, ofKeys)).toEqual(ofKeys)
  })

  it('is the algorithms of proofs that both take', () => {
    const merged = mergeSenderConstraints({ ...none, dpop: dpop('ES256', 'PS256', 'EdDSA') }, { ...none, dpop: dpop('EdDSA', 'ES256') })
    expect(merged).toEqual({ ...none, dpop: { algorithms: ['ES256', 'EdDSA'] } })
    expect([Object.isFrozen(merged), Object.isFrozen(merged?.dpop), Object.isFrozen(merged?.dpop?.algorithms)]).toEqual([true, true, true])
  })

  it('is a nonce as soon as one demands it, of the verifier for JWTs when both do', async () => {
    const plain = { ...none, dpop: dpop('ES256') }
    const withNonce = (nonce: string) => ({ ...none, dpop: { algorithms: ['ES256'], value: nonce, nonce: nonceOfThis } })
    expect(mergeSenderConstraints(plain, plain)?.dpop).not.toHaveProperty('nonce')
    expect(await mergeSenderConstraints(withNonce('a'), plain)?.dpop?.nonce?.()).toBe('a')
    expect(await mergeSenderConstraints(plain, withNonce('b'))?.dpop?.nonce?.()).toBe('b')
    expect(await mergeSenderConstraints(withNonce('a'), withNonce('b'))?.dpop?.nonce?.()).toBe('a')
  })

  it('cannot be that one takes DPoP and the other does not: a client does not know which one its token meets', () => {
    const keys = { ...none, dpop: dpop('ES256') }
    for (const other of [undefined, none, { required: true, mtls: true }]) {
      expect(() => mergeSenderConstraints(keys, other)).toThrow('introspection has no senderConstraint.dpop')
      expect(() => mergeSenderConstraints(other, keys)).toThrow('jwt has no senderConstraint.dpop')
    }
    expect(() => mergeSenderConstraints(keys, { ...none, dpop: dpop('PS256') })).toThrow(ConfigurationError)
  })
})

function nonceOfThis(this: { value: string }): string {
  return this.value
}
