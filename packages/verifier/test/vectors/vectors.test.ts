import { createHmac } from 'node:crypto'
import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { signingAlgorithms } from '../../src/algorithms.js'
import { verifyCompactJws } from '../../src/verify-compact-jws.js'
import { partsOf } from '../raw-token.js'
import { createTestKey } from '../token-factory.js'
import { outcome } from '../verdict.js'
import * as rfc7515 from './rfc7515.js'
import * as rfc8037 from './rfc8037.js'

const signed = [rfc7515.a2, rfc7515.a3, rfc7515.a4, rfc8037.a4]

describe('the examples of the specifications', () => {
  it.each(signed)('$alg of $source verifies', async ({ jwk, token, alg, payload: expected }) => {
    const { header, payload } = await verifyCompactJws(token, { keys: { jwks: { keys: [jwk] } }, algorithms: signingAlgorithms })
    expect(header).toEqual({ alg })
    expect(new TextDecoder().decode(payload)).toBe(expected)
  })

  it.each(signed)('$alg of $source does not verify with another payload', async ({ jwk, token }) => {
    const [header, , signature] = partsOf(token)
    const forged = verifyCompactJws(`${header}.e30.${signature}`, { keys: { jwks: { keys: [jwk] } }, algorithms: signingAlgorithms })
    expect(await outcome(forged)).toBe('invalid_token signature_invalid')
  })

  it('HS256 of RFC 7515 A.1 is refused, though its signature is right', async () => {
    const { jwk, token } = rfc7515.a1
    const [header, payload, signature] = partsOf(token)
    const secret = Buffer.from(String(jwk.k), 'base64url')
    expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
    const { jwk: sound } = await createTestKey('sound')
    const options = { keys: { jwks: { keys: [sound, jwk] } }, algorithms: signingAlgorithms }
    expect(await outcome(verifyCompactJws(token, options))).toBe('invalid_token algorithm_not_allowed')
    const withTheSecretAlone = verifyCompactJws(token, { ...options, keys: { jwks: { keys: [jwk] } } })
    await expect(withTheSecretAlone).rejects.toThrow(ConfigurationError)
  })
})
