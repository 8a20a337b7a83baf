import { ConfigurationError, createMemoryStore } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { signingAlgorithms } from '../../../algorithms.js'
import type { DpopOptions } from '../../../dpop-options.js'
import { resolveDpopOptions } from './dpop-settings.js'

const publicUrl = 'https://api.example.com'
const secret = new Uint8Array(32)

describe('resolveDpopOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveDpopOptions({ publicUrl })).toEqual({
      publicUrls: [{ origin: publicUrl, basePath: '' }],
      algorithms: signingAlgorithms,
      maxProofAgeSeconds: 60,
      clockToleranceSeconds: 10,
      replayStore: undefined,
      replayTimeoutMs: 1000,
      nonce: undefined,
    })
    expect(resolveDpopOptions({ publicUrl, nonce: { secret } }).nonce).toEqual({ secrets: [secret], lifetimeSeconds: 300 })
    const several = [secret, new Uint8Array(33), new Uint8Array(32), secret]
    expect(resolveDpopOptions({ publicUrl, nonce: { secret: several } }).nonce?.secrets).toEqual(several)
  })

  it('takes the limits of each option', () => {
    const store = createMemoryStore()
    for (const [maxProofAgeSeconds, clockToleranceSeconds, lifetimeSeconds, replayTimeoutMs] of [
      [1, 0, 10, 1],
      [600, 300, 3600, 60_000],
    ] as const) {
      const options = { publicUrl, maxProofAgeSeconds, clockToleranceSeconds, replayTimeoutMs, replayStore: store }
      const resolved = resolveDpopOptions({ ...options, nonce: { secret, lifetimeSeconds } })
      expect(resolved).toMatchObject({ maxProofAgeSeconds, clockToleranceSeconds, replayTimeoutMs, nonce: { lifetimeSeconds } })
      expect(resolved.replayStore).toBe(store)
    }
  })

  it('keeps a copy of the list of algorithms', () => {
    const algorithms: DpopOptions['algorithms'] & unknown[] = ['ES256']
    const resolved = resolveDpopOptions({ publicUrl, algorithms })
    algorithms.push('RS256')
    expect(resolved.algorithms).toEqual(['ES256'])
  })

  it.each([
    ['publicUrl', {}],
    ['algorithms', { algorithms: [] }],
    ['algorithms', { algorithms: ['HS256'] }],
    ['algorithms', { algorithms: ['none'] }],
    ['maxProofAgeSeconds', { maxProofAgeSeconds: 0 }],
    ['maxProofAgeSeconds', { maxProofAgeSeconds: 601 }],
    ['maxProofAgeSeconds', { maxProofAgeSeconds: Number.NaN }],
    ['maxProofAgeSeconds', { maxProofAgeSeconds: '60' }],
    ['clockToleranceSeconds', { clockToleranceSeconds: -1 }],
    ['clockToleranceSeconds', { clockToleranceSeconds: 301 }],
    ['replayTimeoutMs', { replayTimeoutMs: 0 }],
    ['replayTimeoutMs', { replayTimeoutMs: Infinity }],
    ['replayStore', { replayStore: {} }],
    ['replayStore', { replayStore: null }],
    ['replayStore', { replayStore: 'memory' }],
    ['nonce.secret', { nonce: {} }],
    ['nonce.secret', { nonce: { secret: 'a secret of more than thirty-two characters' } }],
    ['nonce.secret', { nonce: { secret: new Uint8Array(31) } }],
    ['nonce.secret', { nonce: { secret: [] } }],
    ['nonce.secret', { nonce: { secret: [secret, new Uint8Array(31)] } }],
    ['nonce.secret', { nonce: { secret: [secret, secret, secret, secret, secret] } }],
    ['nonce.secret', { nonce: { secret: Array.from(secret) } }],
    ['nonce.lifetimeSeconds', { nonce: { secret, lifetimeSeconds: 9 } }],
    ['nonce.lifetimeSeconds', { nonce: { secret, lifetimeSeconds: 3601 } }],
    ['nonce has no option "lifetime"', { nonce: { secret, lifetime: 60 } }],
    ['dpop has no option "publicURL"', { publicURL: publicUrl }],
    ['dpop has no option "maxAge"', { publicUrl, maxAge: 60 }],
  ])('refuses a mistaken %s', (named, options) => {
    const mistaken = (named === 'publicUrl' ? options : { publicUrl, ...options }) as DpopOptions
    expect(() => resolveDpopOptions(mistaken)).toThrow(ConfigurationError)
    expect(() => resolveDpopOptions(mistaken)).toThrow(named)
  })
})
