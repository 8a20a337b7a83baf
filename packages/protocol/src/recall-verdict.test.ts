import { describe, expect, it } from 'vitest'
import type { AccessTokenVerifier } from './access-token.js'
import { isVerifiedAccessToken, recallVerdict } from './recall-verdict.js'
import { isThenable } from './thenable.js'

const verified = { issuer: 'https://login.example.com', expiresAt: 1, claims: {} }
const verify = () => Promise.reject(new Error('nobody is to be verified'))
const verifierWith = (recall: unknown) => ({ verify, recall }) as AccessTokenVerifier

describe('recallVerdict', () => {
  it('gives what the verifier has at hand, and tells it what it is told', () => {
    const asked: unknown[] = []
    const verifier = verifierWith((...input: unknown[]) => {
      asked.push(input)
      return verified
    })
    const presentation = { scheme: 'Bearer', request: new Request('https://api.example.com') } as const
    expect(recallVerdict(verifier, 'token', presentation)).toBe(verified)
    expect(asked).toEqual([['token', presentation]])
  })

  it.each<[string, unknown]>([
    ['nothing', () => undefined],
    ['a promise', () => Promise.resolve(verified)],
    ['a promise that is rejected', () => Promise.reject(new Error('down'))],
    ['an empty object', () => ({})],
    ['a list', () => []],
    ['a text', () => 'x'],
    ['true', () => true],
    ['null', () => null],
    ['no claims', () => ({ ...verified, claims: undefined })],
    ['claims that are a list', () => ({ ...verified, claims: [] })],
    ['no issuer', () => ({ ...verified, issuer: undefined })],
    ['no end', () => ({ ...verified, expiresAt: Number.NaN })],
  ])('gives nothing for a verifier that gives %s', (_, recall) => {
    expect(recallVerdict(verifierWith(recall), 'token')).toBe(undefined)
  })

  it('gives nothing for a verifier that throws, or has no such thing', () => {
    const failing = verifierWith(() => {
      throw new Error('down')
    })
    expect([recallVerdict(failing, 'token'), recallVerdict({ verify }, 'token')]).toEqual([undefined, undefined])
  })

  it('does not go around a wrapper with another verify', () => {
    const wrapper = Object.create(
      verifierWith(() => verified),
      { verify: { value: verify } },
    ) as AccessTokenVerifier
    expect(recallVerdict(wrapper, 'token')).toBe(undefined)
  })
})

it('tells a verified token by its shape', () => {
  expect([verified, { ...verified, expiresAt: '1' }, null, 'x'].map(isVerifiedAccessToken)).toEqual([true, false, false, false])
})

// eslint-disable-next-line unicorn/no-thenable
const foreign = { then: () => {} }
// eslint-disable-next-line unicorn/no-thenable
const named = { then: 1 }

it.each([
  [Promise.resolve(), true],
  [foreign, true],
  [named, false],
  [{}, false],
  [null, false],
  [undefined, false],
  ['then', false],
])('tells what has to be waited for by its shape: %o', (value, expected) => {
  expect(isThenable<unknown>(value)).toBe(expected)
})
