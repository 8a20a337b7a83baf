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

  test.each<[RefusalCode, RefusalCode]>([
    ['forbidden', 'insufficient_scope'],
    ['insufficient_scope', 'forbidden'],
  ])('has the challenge of its own code where %s and %s share a list of scopes', (...order) => {
    const scopes = ['orders_read']
    const challenges = new Map(order.map((code) => [code, refuse(code, 'why', { scopes }).headers['WWW-Authenticate']]))
    expect(challenges.get('forbidden')).toBe(plain)
    expect(challenges.get('insufficient_scope')).toMatch(/error="insufficient_scope".*scope="orders_read"/)
  })

  test.each([
    [['orders_read', 'a"b', 'c\\d', 'e f', '', 'é', 'orders_read'], 'scope="orders_read"'],
    [['orders_read', 'payment:7', '!#[]~'], 'scope="orders_read payment:7 !#[]~"'],
  ])('names of the scopes %j those that are scopes', (scopes, expected) => {
    expect(/scope="[^"]*"/.exec(refuse('insufficient_scope', 'why', { scopes }).headers['WWW-Authenticate'] ?? '')?.[0]).toBe(expected)
  })

  test('names no scope where none of them is one', () => {
    const challenge = refuse('insufficient_scope', 'why', { scopes: ['"', 'e f'] }).headers['WWW-Authenticate']
    expect(challenge).toBe(refuse('insufficient_scope', 'why').headers['WWW-Authenticate'])
    expect(challenge).toContain('error="insufficient_scope"')
  })

  test('tells apart logins that come with the same list of scopes', () => {
    const scopes = ['orders_read']
    const acrValues = ['mfa', 'pin'].map((value) => {
      const { headers } = refuse('insufficient_user_authentication', 'why', { scopes, stepUp: { acrValues: [value] } })
      return /acr_values="(\w+)"/.exec(headers['WWW-Authenticate'] ?? '')?.[1]
    })
    expect(acrValues).toEqual(['mfa', 'pin'])
  })
})
