import { describe, expect, it } from 'vitest'
import { claims, createVerifier, key } from '../../test/verifier-fixture.js'
import type { KeySource } from '../key-source.js'

const token = await key.sign(claims)
const withoutKid = await key.sign(claims, { kid: undefined })
const none = () => Promise.resolve([])

describe('a source of keys that fails', () => {
  it.each<[string, string, KeySource]>([
    ['throws', token, { keysFor: () => raise(new Error('no database')), newerKeysFor: none }],
    ['rejects', token, { keysFor: () => Promise.reject(new Error('no database')), newerKeysFor: none }],
    ['gives no list', token, { keysFor: () => undefined as never, newerKeysFor: none }],
    [
      'rejects when it is asked for newer keys',
      withoutKid,
      { keysFor: () => [], newerKeysFor: () => Promise.reject(new Error('no database')) },
    ],
  ])('says nothing about the token, and when to come back: %s', async (_, presented, keys) => {
    const error: unknown = await createVerifier({ keys })
      .verify(presented)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ outcome: 'unavailable', code: 'keys_unavailable', retryAfterSeconds: 1 })
  })
})

function raise(error: Error): never {
  throw error
}
