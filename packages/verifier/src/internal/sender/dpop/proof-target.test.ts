import { describe, expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { AccessTokenError } from '../../../access-token-error.js'
import { checkProofTarget } from './proof-target.js'
import { resolvePublicUrls } from './public-url.js'

const at = (publicUrl: string | string[], htu: string, url: string) =>
  verdict(() => checkProofTarget(htu, url, resolvePublicUrls(publicUrl)))

describe('checkProofTarget', () => {
  it.each([
    ['https://api.example.com/orders', '/orders', 'accepted'],
    ['https://api.example.com/orders', '/orders?page=2', 'accepted'],
    ['https://api.example.com/orders?page=1#top', '/orders?page=2', 'accepted'],
    ['https://api.example.com/orders', 'https://api.example.com/orders', 'accepted'],
    ['https://api.example.com/orders', 'http://10.0.0.1:3000/orders', 'accepted'],
    ['https://api.example.com/orders', 'https://evil.example/orders', 'accepted'],
    ['https://evil.example/orders', 'https://evil.example/orders', 'dpop_proof_invalid'],
    ['https://evil.example/orders', '//evil.example/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '//evil.example/orders', 'dpop_proof_invalid'],
    ['https://api.example.com//evil.example/orders', '//evil.example/orders', 'accepted'],
    ['https://api.example.com/orders', '//api.example.com/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/orders/', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/Orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/orders%2F', 'dpop_proof_invalid'],
    ['https://api.example.com/orders/42', '/orders%2F42', 'dpop_proof_invalid'],
    ['https://api.example.com/orders/42', '/orders\\42', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '*', 'dpop_proof_invalid'],
    ['https://api.example.com/', 'api.example.com:443', 'dpop_proof_invalid'],
    ['http://api.example.com/orders', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com:8443/orders', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com./orders', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com.evil.example/orders', '/orders', 'dpop_proof_invalid'],
    ['/orders', '/orders', 'dpop_proof_invalid'],
    ['https://API.example.com:443/%6Frders', '/orders', 'accepted'],
    ['https://api.example.com/a/../%6frders', '/orders', 'accepted'],
    ['https://api.example.com/caf%c3%A9', '/caf%C3%a9', 'accepted'],
    ['https://api.example.com/orders', '//orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/orders//', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/orders;v=1', 'dpop_proof_invalid'],
    ['https://api.example.com/orders;v=1', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/;/orders', 'dpop_proof_invalid'],
    // Some routers serve what is served at the path itself, and not at its normal form.
    ['https://api.example.com/orders', '/admin/../orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/admin/%2e%2e/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/admin/.%2E/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/admin/../orders', '/admin/../orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/./orders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', '/%6Frders', 'dpop_proof_invalid'],
    ['https://api.example.com/%6Frders', '/%6Frders', 'dpop_proof_invalid'],
    ['https://api.example.com/orders', 'http://api.example.com:80x/orders', 'dpop_proof_invalid'],
  ])('with htu %j and the request %j is %s', (htu, url, expected) => {
    expect(at('https://api.example.com', htu, url)).toBe(expected)
  })

  it.each([
    ['https://api.example.com/v1/orders', '/orders', 'accepted'],
    ['https://api.example.com/orders', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/v1/orders', '/v1/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/v1/v1/orders', '/v1/orders', 'accepted'],
    ['https://api.example.com/v1', '/', 'accepted'],
    ['https://api.example.com/v1/', '/', 'accepted'],
    ['https://api.example.com/', '/', 'dpop_proof_invalid'],
    ['https://api.example.com/v1', '/orders', 'dpop_proof_invalid'],
    ['https://api.example.com/admin', '/../admin', 'dpop_proof_invalid'],
    ['https://api.example.com/v1/../admin', '/admin', 'dpop_proof_invalid'],
    ['https://api.example.com/v1/admin', '/../admin', 'dpop_proof_invalid'],
    ['https://api.example.com/v1/x/../admin', '/admin', 'accepted'],
    ['https://api.example.com/v1orders', 'orders', 'dpop_proof_invalid'],
  ])('behind a proxy that takes /v1 away, with htu %j and the request %j, is %s', (htu, url, expected) => {
    expect(at('https://api.example.com/v1', htu, url)).toBe(expected)
  })

  it('takes any of several public URLs, each with its own path', () => {
    const urls = ['https://api.example.com', 'https://example.org/api']
    expect(at(urls, 'https://api.example.com/orders', '/orders')).toBe('accepted')
    expect(at(urls, 'https://example.org/api/orders', '/orders')).toBe('accepted')
    expect(at(urls, 'https://example.org/orders', '/orders')).toBe('dpop_proof_invalid')
    expect(at(urls, 'https://api.example.com/api/orders', '/orders')).toBe('dpop_proof_invalid')
  })

  it('says what was compared', () => {
    expect(detailOf('https://a.example/x', '/orders')).toBe(
      'its htu is "https://a.example/x", and not publicUrl ("https://api.example.com") with the path of the request ("/orders")',
    )
  })

  it('says of several public URLs the first, with its path, and how many more there are', () => {
    const several = ['https://api.example.com/v1/', 'https://example.org/api', 'https://example.net']
    expect(detailOf('https://a.example/x', '/orders', several)).toBe(
      'its htu is "https://a.example/x", and not publicUrl ("https://api.example.com/v1" or 2 others) with the path of the request ("/orders")',
    )
  })

  it('says nothing of queries and fragments, in which there may be secrets', () => {
    const secret = 'access_token=8xLOxBtZp8'
    for (const htu of [`https://a.example/x?${secret}`, `https://a.example/x#${secret}`, `https://a.example/%78?a#?${secret}`]) {
      expect(detailOf(htu, `/orders?${secret}`)).toBe(
        'its htu is "https://a.example/x", and not publicUrl ("https://api.example.com") with the path of the request ("/orders")',
      )
    }
    for (const htu of [`/orders?${secret}`, `https://john:${secret}@a.example/`, secret]) {
      expect(detailOf(htu, '/orders')).toBe('its htu is not an absolute URL')
    }
    for (const url of [`/a/../orders?${secret}`, `/%6Frders?${secret}`, `/orders#${secret}`, `http://a:b:80/orders?${secret}`]) {
      expect(detailOf('https://a.example/orders', url)).not.toContain(secret)
    }
  })

  it('says no more than 80 characters of either, and these in ASCII', () => {
    const detail = detailOf(`https://a.example/${'x'.repeat(5000)}`, `/${'y'.repeat(5000)}`)
    expect(detail).toBe(
      `its htu is "https://a.example/${'x'.repeat(61)}…, and not publicUrl ("https://api.example.com") with the path of the request ("/${'y'.repeat(78)}…)`,
    )
    expect(detailOf('https://a.example/\u202e\u001b[2J', '/orders')).toBe('its htu is not an absolute URL')
  })

  function detailOf(htu: string, url: string, publicUrl: string | readonly string[] = 'https://api.example.com'): string | undefined {
    try {
      checkProofTarget(htu, url, resolvePublicUrls(publicUrl))
      return undefined
    } catch (error) {
      return error instanceof AccessTokenError ? error.detail : undefined
    }
  }
})
