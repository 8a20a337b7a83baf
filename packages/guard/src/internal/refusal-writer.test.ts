import { describe, expect, test } from 'vitest'
import { REFUSALS, type RefusalCode } from '../refusal.js'
import { createChallengePlanner } from './challenge-plan.js'
import { createRefusalWriter } from './refusal-writer.js'

const refuse = createRefusalWriter({
  realm: 'orders-api',
  resourceMetadata: 'https://api.example.com/.well-known/oauth-protected-resource',
  retryAfterSeconds: 5,
  planChallenges: createChallengePlanner(undefined),
  dpopAlgorithms: [],
})

const plain = 'Bearer realm="orders-api", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"'
const codes = Object.keys(REFUSALS) as readonly RefusalCode[]

describe('a refusal', () => {
  test('has a challenge, unless it does not judge the token', () => {
    const silent = codes.filter((code) => refuse(code, 'why').headers['WWW-Authenticate'] === undefined)
    expect(silent).toEqual(['unavailable'])
    expect(refuse('unavailable', 'why').headers['Retry-After']).toBe('5')
  })

  test('names no error to a request without a token, nor for what no token of the client would mend', () => {
    const withoutError = codes.filter((code) => refuse(code, 'why').headers['WWW-Authenticate'] === plain)
    expect(withoutError).toEqual(['credentials_missing', 'forbidden', 'contract_broken'])
  })

  test('looks the same for a token that breaks the contract as for any other that may not', () => {
    const { reason, code, ...forbidden } = refuse('forbidden', 'why')
    expect(refuse('contract_broken', 'why')).toEqual({ ...forbidden, reason, code: 'contract_broken' })
    expect(code).toBe('forbidden')
  })
})
