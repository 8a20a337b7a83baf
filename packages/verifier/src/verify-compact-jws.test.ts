import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createFakeJwksEndpoint, networkFailure } from '../test/fake-jwks-endpoint.js'
import { rawToken } from '../test/raw-token.js'
import { createTestKey } from '../test/token-factory.js'
import { outcome } from '../test/verdict.js'
import { verifyCompactJws } from './verify-compact-jws.js'

const key = await createTestKey('a')
const other = await createTestKey('a')
const keys = { jwks: { keys: [key.jwk] } }

function verify(token: string, options: object = {}) {
  return verifyCompactJws(token, { keys, algorithms: ['ES256'], ...options })
}

describe('verifyCompactJws', () => {
  it('gives the header and the bytes, whatever they are', async () => {
    const { header, payload } = await verify(await key.sign('any text', { typ: 'receipt', iat: 1 }))
    expect(header).toEqual({ alg: 'ES256', kid: 'a', typ: 'receipt', iat: 1 })
    expect(new TextDecoder().decode(payload)).toBe('any text')
  })

  it('takes an empty payload', async () => {
    const { payload } = await verify(await key.sign(''))
    expect(payload).toHaveLength(0)
  })

  it.each<[string, () => string | Promise<string>, string]>([
    ['another key', () => other.sign('x'), 'invalid_token signature_invalid'],
    ['an algorithm that was not named', () => rawToken({ alg: 'RS256' }, 'x'), 'invalid_token algorithm_not_allowed'],
    ['alg none', () => rawToken({ alg: 'none' }, 'x', ''), 'invalid_token algorithm_not_allowed'],
    ['no signature', () => rawToken({ alg: 'ES256', kid: 'a' }, 'x', ''), 'invalid_token signature_invalid'],
    ['an unknown kid', () => key.sign('x', { kid: 'b' }), 'invalid_token key_not_found'],
    ['a critical header', () => rawToken({ alg: 'ES256', crit: ['x'], x: 1 }, 'x'), 'invalid_token critical_header_unknown'],
    ['no form', () => 'x.y', 'invalid_token token_malformed'],
    ['encryption', () => 'e30.AAAA.AAAA.AAAA.AAAA', 'invalid_token token_encrypted'],
    ['no header', () => rawToken('[]', 'x'), 'invalid_token header_malformed'],
    ['too many characters', () => 'x'.repeat(65_537), 'invalid_token token_too_large'],
  ])('refuses a document with %s', async (_, token, expected) => {
    expect(await outcome(verify(await token()))).toBe(expected)
  })

  it('fetches the key set behind a URL once for all calls', async () => {
    const endpoint = createFakeJwksEndpoint(Date.now, [key.jwk])
    const remote = { keys: { jwksUri: endpoint.uri }, fetch: endpoint.fetch }
    expect(await outcome(verify(await key.sign('one'), remote))).toBe('accepted')
    expect(await outcome(verify(await key.sign('two'), remote))).toBe('accepted')
    expect(endpoint.requests).toHaveLength(1)
  })

  it('takes an outage for an outage', async () => {
    const endpoint = createFakeJwksEndpoint(Date.now)
    endpoint.answer = networkFailure
    const remote = { keys: { jwksUri: endpoint.uri }, fetch: endpoint.fetch }
    expect(await outcome(verify(await key.sign('one'), remote))).toBe('unavailable keys_unavailable')
  })

  it.each([
    [{ algorithms: undefined }, 'algorithms must be'],
    [{ algorithms: [] }, 'algorithms must be'],
    [{ algorithms: ['HS256'] }, 'algorithms must be'],
    [{ maxBytes: Number.NaN }, 'maxBytes must be a number, at least 1'],
    [{ keys: undefined }, 'keys must be'],
    [{ keys: null }, 'keys must be'],
    [{ keys: { jwksUri: 'http://login.example.com/jwks' } }, 'jwksUri must be an https URL'],
    [{ fetch: 1 }, 'fetch must be a function'],
  ])('refuses the options %o with the fix', async (options, message) => {
    const verified = verify('e30.e30.AAAA', options)
    await expect(verified).rejects.toThrow(ConfigurationError)
    await expect(verified).rejects.toThrow(message)
  })
})
