import { expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { checkProofMethod } from './proof-method.js'

it.each([
  ['GET', 'GET', 'accepted'],
  ['PURGE', 'PURGE', 'accepted'],
  ['get', 'GET', 'dpop_proof_invalid'],
  ['GET', 'get', 'dpop_proof_invalid'],
  ['GET ', 'GET', 'dpop_proof_invalid'],
  ['POST', 'GET', 'dpop_proof_invalid'],
  ['GET', 'HEAD', 'dpop_proof_invalid'],
  ['', 'GET', 'dpop_proof_invalid'],
  ['*', 'GET', 'dpop_proof_invalid'],
])('htm %j with a request of %s is %s', (htm, method, expected) => {
  expect(verdict(() => checkProofMethod(htm, method))).toBe(expected)
})
