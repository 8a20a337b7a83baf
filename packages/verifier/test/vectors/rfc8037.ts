import type { Vector } from './vector.js'

/** RFC 8037, Appendix A.4 and A.5: Ed25519, with the public key of A.2. */
export const a4: Vector = {
  source: 'https://www.rfc-editor.org/rfc/rfc8037#appendix-A.4',
  alg: 'EdDSA',
  jwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  token:
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.' +
    'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  payload: 'Example of Ed25519 signing',
}
