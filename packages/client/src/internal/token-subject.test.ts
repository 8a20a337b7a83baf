import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { tokensOf } from '../../test/tokens.js'
import { subjectNamedBy, subjectOf } from './token-subject.js'

const { idToken } = await createMockIssuer()
const ofJohn = await idToken({ sub: 'john', aud: 'app' })
const claims = { iss: 'https://login.example.com', sub: 'jane', aud: 'app', exp: 1, iat: 0 }

test('a set is about whom its ID token names, and without one about whom its claims name', () => {
  expect(subjectOf(tokensOf(1, { idToken: ofJohn, claims }))).toBe('john')
  expect(subjectOf(tokensOf(1, { claims }))).toBe('jane')
})

test.each([undefined, { id: 7 }, { sub: 7 }, null, 'john'])('a set with the claims %j is about nobody', (other) => {
  expect(subjectOf(tokensOf(1, { claims: other as never }))).toBeUndefined()
})

test('an ID token that names nobody is no reason to believe the claims', () => {
  expect(() => subjectOf(tokensOf(1, { idToken: 'text', claims }))).toThrow('the ID token of the tokens cannot be read')
  expect(() => subjectOf(tokensOf(1, { idToken: `e30.${btoa('{}')}.`, claims }))).toThrow('names nobody')
})

test('what is no ID token names nobody', () => {
  expect([subjectNamedBy(ofJohn), subjectNamedBy('text'), subjectNamedBy('')]).toEqual(['john', undefined, undefined])
})
