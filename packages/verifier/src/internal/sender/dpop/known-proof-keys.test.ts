import { expect, it } from 'vitest'
import { createProofKey } from '../../../../test/dpop-fixture.js'
import { createKnownProofKeys, type KnownProofKey } from './known-proof-keys.js'
import { readProofKey } from './proof-key.js'

const { jwk } = await createProofKey()
const knownAs = (encodedHeader: string): KnownProofKey => ({
  encodedHeader,
  header: { jwk },
  alg: 'ES256',
  key: readProofKey({ jwk }, 'ES256'),
})

it('gives back what was added, and the last header of a key', () => {
  const keys = createKnownProofKeys()
  const known = knownAs('first')
  keys.add('jkt', known)
  expect(keys.get('jkt')).toEqual(known)
  expect(keys.get('other')).toBe(undefined)
  keys.add('jkt', knownAs('second'))
  expect(keys.get('jkt')?.encodedHeader).toBe('second')
})

it('keeps 1,000 keys, those that were used last', () => {
  const keys = createKnownProofKeys()
  for (let n = 0; n < 1000; n += 1) keys.add(`jkt ${n}`, knownAs('header'))
  keys.get('jkt 0')
  keys.add('jkt 1000', knownAs('header'))
  expect(keys.get('jkt 0')?.alg).toBe('ES256')
  expect(keys.get('jkt 1')).toBe(undefined)
  expect(keys.get('jkt 1000')?.alg).toBe('ES256')
})

it('does not keep a header of more than 2,048 characters', () => {
  const keys = createKnownProofKeys()
  keys.add('jkt', knownAs('A'.repeat(2049)))
  expect(keys.get('jkt')).toBe(undefined)
  keys.add('jkt', knownAs('A'.repeat(2048)))
  expect(keys.get('jkt')?.encodedHeader).toBe('A'.repeat(2048))
})
