import { describe, expect, it } from 'vitest'
import { createDpopCheck } from '../src/internal/sender/dpop/dpop-check.js'
import { requestWith } from './dpop-fixture.js'
import { outcome } from './verdict.js'

/** The key of all examples, by its thumbprint: RFC 9449 §6.1. */
const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I'
const header =
  'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdC' +
  'RnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19'

/** {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}: a request to a protected resource. */
const resource = {
  iat: 1_562_262_618,
  token: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
  proof:
    `${header}.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJj` +
    'ZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9' +
    '.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA',
}

/** {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.1 RFC 9449 §4.1}: a request for a token, which is no proof for an API. */
const tokenRequest = {
  iat: 1_562_262_616,
  proof:
    `${header}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYy` +
    'MjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg',
}

function present({
  proof,
  seconds = resource.iat,
  ...input
}: {
  proof: string
  seconds?: number
  token?: string
  jkt?: string
  url?: string
}) {
  const { url = '/protectedresource' } = input
  const { check } = createDpopCheck({ publicUrl: 'https://resource.example.org' }, { now: () => seconds * 1000 })
  return outcome(check({ token: input.token ?? resource.token, jkt: input.jkt ?? jkt, request: requestWith(proof, { url }) }))
}

describe('the example of RFC 9449 §7.1', () => {
  it('is accepted at its time, for its token, key and resource', async () => {
    expect(await present({ proof: resource.proof })).toBe('accepted')
  })

  it.each([
    ['a minute later', { seconds: resource.iat + 61 }, 'dpop_proof_stale'],
    ['for another token', { token: 'another' }, 'dpop_proof_invalid'],
    ['for another key', { jkt: jkt.replace('0', '1') }, 'dpop_key_mismatch'],
    ['at another resource', { url: '/another' }, 'dpop_proof_invalid'],
    ['with another signature', { proof: resource.proof.replace('2oW9', '2oW8') }, 'dpop_proof_invalid'],
  ])('is refused %s', async (_, changed, expected) => {
    expect(await present({ proof: resource.proof, ...changed })).toBe(`invalid_token ${expected}`)
  })
})

describe('the example of RFC 9449 §4.1', () => {
  it('is good for a token request, and for no resource: it has no ath', async () => {
    expect(await present({ proof: tokenRequest.proof, seconds: tokenRequest.iat })).toBe('invalid_token dpop_proof_invalid')
  })
})
