import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { jwkThumbprint } from './jwk-thumbprint.js'

it('gives the thumbprint of RFC 9449 §6.1', async () => {
  const jwk = {
    kty: 'EC',
    x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
    y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
    crv: 'P-256',
  }
  expect(await jwkThumbprint(jwk)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I')
})

it('gives the thumbprint of RFC 8037 A.3', async () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
  expect(await jwkThumbprint(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
})

it.each(['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256'])('agrees with jose on a key for %s, whatever else the key says', async (alg) => {
  const { publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  expect(await jwkThumbprint({ use: 'sig', kid: 'key', ...jwk, alg })).toBe(await calculateJwkThumbprint(jwk))
})
