import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../src/access-token-error.js'
import { readRequestPath } from '../src/internal/sender/dpop/request-path.js'
import { parseTargetUri } from '../src/internal/sender/dpop/target-uri.js'
import { normalisePath } from '../src/internal/sender/dpop/uri-path.js'
import { createProofKey, createTestCheck, proofClaims } from './dpop-fixture.js'
import { rawToken } from './raw-token.js'
import { outcome } from './verdict.js'
import { nowSeconds } from './verifier-fixture.js'

const client = await createProofKey()
const { present } = createTestCheck()
const refused = /^invalid_token dpop_[a-z_]+$/

describe('a good proof', () => {
  it('with any one character replaced, put in or left out is refused', async () => {
    const proof = await client.prove()
    const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=, '.split(''))
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length - 1), character, async (at, inserted) => {
        const changes = [proof.slice(0, at) + inserted + proof.slice(at + 1), proof.slice(0, at) + inserted + proof.slice(at)]
        for (const changed of [...changes, proof.slice(0, at) + proof.slice(at + 1)]) {
          // A field loses the white space around it before anybody sees it.
          if (changed.trim() !== proof) expect(await outcome(present(changed, client.jkt))).toMatch(refused)
        }
      }),
      { numRuns: 500 },
    )
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
  })
})

describe('any text', () => {
  it('as a proof is refused, and by no other error', async () => {
    const member = fc.oneof(fc.jsonValue(), fc.constantFrom('dpop+jwt', 'ES256', client.jwk, nowSeconds))
    const names = fc.constantFrom('typ', 'alg', 'jwk', 'kid', 'crit', 'jti', 'htm', 'htu', 'iat', 'ath', '__proto__')
    const object = fc.dictionary(names, member)
    const text = fc.oneof(
      fc.string(),
      fc.tuple(object, object).map(([header, claims]) => rawToken(header, claims)),
    )
    await fc.assert(
      fc.asyncProperty(text, async (proof) => {
        const headers = { get: () => proof }
        expect(await outcome(present('', client.jkt, { headers }))).toMatch(refused)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('any claims that the key signs', () => {
  it('are accepted when they are for this request, or refused as a bad proof', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('GET', 'https://api.example.com/orders', nowSeconds, nowSeconds - 60.5))
    const members = fc.dictionary(fc.constantFrom('jti', 'htm', 'htu', 'iat', 'ath', 'nonce', '__proto__', 'other'), value)
    await fc.assert(
      fc.asyncProperty(members, async (changed) => {
        const good = proofClaims()
        const claims = { ...good, ...changed }
        const result = await outcome(present(await client.prove(claims), client.jkt))
        expect(result).toMatch(/^accepted$|^invalid_token dpop_[a-z_]+$/)
        if (result !== 'accepted') return
        expect(claims).toMatchObject({ htm: 'GET', ath: good.ath })
        expect(Math.abs(claims.iat - nowSeconds)).toBeLessThanOrEqual(60)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the normal form of a path', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2E',
    '%2f',
    '%2F',
    '%41',
    'A',
    'a',
    '~',
    '%7e',
    '%25',
    '%',
    '?',
    '#',
    '\\',
    ' ',
    'é',
  )
  const path = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`)

  const unreserved = new Map([
    ['%41', 'A'],
    ['%7E', '~'],
    ['%2E', '.'],
  ])

  it('is the normal form of itself', () => {
    let compared = 0
    fc.assert(
      fc.property(path, (text) => {
        const normal = normalisePath(text)
        if (normal === undefined) return
        compared += 1
        expect(normalisePath(normal)).toBe(normal)
      }),
    )
    expect(compared).toBeGreaterThan(15)
  })

  it('has no dot segments, and no more reserved characters than it had', () => {
    let compared = 0
    fc.assert(
      fc.property(path, (text) => {
        const normal = normalisePath(text)
        if (normal === undefined) return
        compared += 1
        expect(normal.split('/').filter((segment) => segment === '.' || segment === '..')).toEqual([])
        expect(normal.split('/').length).toBeLessThanOrEqual(text.split('/').length)
        expect(normal).toMatch(/^\/[!-[\]-~]*$/)
      }),
    )
    expect(compared).toBeGreaterThan(15)
  })

  it('is what the URL parser of browsers makes of it, once what that one leaves alone is spelt in one way', () => {
    let compared = 0
    fc.assert(
      fc.property(path, (text) => {
        const normal = normalisePath(text)
        if (normal === undefined || /[?#]/.test(text)) return
        const spelt = text.replaceAll(/%[\da-f]{2}/gi, (encoded) => unreserved.get(encoded.toUpperCase()) ?? encoded.toUpperCase())
        // Behind a name that begins with a dot, the parser of Node 20 leaves a dot segment at the end as it is.
        if (/\/\.{1,2}[^./]|\/\.{3}/.test(spelt)) return
        compared += 1
        expect(new URL(`https://api.example.com${spelt}`).pathname).toBe(normal)
      }),
      { numRuns: 2000 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  it('is the path of the request itself but for the case of hexadecimal digits, or the request is refused', () => {
    let read = 0
    fc.assert(
      fc.property(path, (text) => {
        const found = pathOrNothing(text)
        if (found === undefined) return
        read += 1
        expect(found.toUpperCase()).toBe(text.replace(/\?.*/, '').toUpperCase())
        expect(found).toBe(parseTargetUri(`https://api.example.com${text}`)?.path)
        expect(found).toBe(pathOrNothing(`https://evil.example${text}`))
      }),
      { numRuns: 5000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  function pathOrNothing(url: string): string | undefined {
    try {
      return readRequestPath(url)
    } catch (error) {
      if (error instanceof AccessTokenError && error.code === 'dpop_proof_invalid') return undefined
      throw error
    }
  }
})
