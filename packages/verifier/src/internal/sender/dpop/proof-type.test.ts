import { expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { checkProofType } from './proof-type.js'

it.each([
  ['dpop+jwt', 'accepted'],
  ['DPoP+JWT', 'dpop_proof_invalid'],
  ['application/dpop+jwt', 'dpop_proof_invalid'],
  ['dpop+jwt ', 'dpop_proof_invalid'],
  ['JWT', 'dpop_proof_invalid'],
  ['at+jwt', 'dpop_proof_invalid'],
  ['', 'dpop_proof_invalid'],
  [undefined, 'dpop_proof_invalid'],
  [null, 'dpop_proof_invalid'],
  [['dpop+jwt'], 'dpop_proof_invalid'],
])('a proof with typ %j is %s', (typ, expected) => {
  expect(verdict(() => checkProofType({ typ }))).toBe(expected)
})

it.each([
  [{ crit: [] }, 'dpop_proof_invalid'],
  [{ crit: ['exp'], exp: 1 }, 'dpop_proof_invalid'],
  [{ crit: ['b64'], b64: false }, 'dpop_proof_invalid'],
  [{ b64: false }, 'dpop_proof_invalid'],
  [{ b64: 'true' }, 'dpop_proof_invalid'],
  [{ b64: null }, 'dpop_proof_invalid'],
  [{ b64: true }, 'accepted'],
  [{ kid: 'key', cty: 'JWT', x5c: [] }, 'accepted'],
])('a proof with %j in its header is %s', (members, expected) => {
  expect(verdict(() => checkProofType({ typ: 'dpop+jwt', ...members }))).toBe(expected)
})
