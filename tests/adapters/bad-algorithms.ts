import type { SigningAlgorithm } from '@bailiwick/mock-issuer'
import { type BadInput, cases, invalidToken, presenting, type Row } from './bad-input-case.js'
import { signedByHmac, signingInput, type TokenForge } from './token-forge.js'

type PublicKey = Awaited<ReturnType<TokenForge['publicKey']>>

/** Algorithms that an attacker would like an API to use (RFC 8725 §2.1, §3.1, §3.2). */
export const badAlgorithms: readonly BadInput[] = [
  ...cases('alg none', [
    ...['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\u0000', ''].map(unsigned),
    ['"none" without a signature', presenting((forge) => `${noneOver(forge)}.`), invalidToken('algorithm_not_allowed')],
    ['"none" over a genuine signature', header({ alg: 'none' }), invalidToken('algorithm_not_allowed')],
    ['no alg', header({ alg: undefined }), invalidToken('algorithm_not_allowed')],
    ['an alg that is null', header({ alg: null }), invalidToken('algorithm_not_allowed')],
    ['an alg that is a list', header({ alg: ['ES256'] }), invalidToken('algorithm_not_allowed')],
    ['an alg that is a number', header({ alg: 0 }), invalidToken('algorithm_not_allowed')],
    ['an alg in lower case', header({ alg: 'es256' }), invalidToken('algorithm_not_allowed')],
    ['an alg named like a method', header({ alg: 'toString' }), invalidToken('algorithm_not_allowed')],
  ]),
  ...cases('HS256 with the public key', [
    ...hmac('RS256', 'PEM', ({ key }) => key.export({ type: 'spki', format: 'pem' })),
    ...hmac('RS256', 'PEM without its last line break', ({ key }) => String(key.export({ type: 'spki', format: 'pem' })).trimEnd()),
    ...hmac('RS256', 'PEM of PKCS #1', ({ key }) => key.export({ type: 'pkcs1', format: 'pem' })),
    ...hmac('RS256', 'DER', ({ key }) => key.export({ type: 'spki', format: 'der' })),
    ...hmac('RS256', 'DER of PKCS #1', ({ key }) => key.export({ type: 'pkcs1', format: 'der' })),
    ...hmac('RS256', 'JWK', ({ jwk }) => JSON.stringify(jwk)),
    ...hmac('ES256', 'PEM', ({ key }) => key.export({ type: 'spki', format: 'pem' })),
    ...hmac('ES256', 'DER', ({ key }) => key.export({ type: 'spki', format: 'der' })),
    ...hmac('ES256', 'JWK', ({ jwk }) => JSON.stringify(jwk)),
  ]),
]

function unsigned(alg: string): Row {
  const request = presenting((forge) => `${signingInput({ alg, typ: 'at+jwt' }, forge.claims())}.AAAA`)
  return [JSON.stringify(alg), request, invalidToken('algorithm_not_allowed')]
}

function noneOver(forge: TokenForge): string {
  return signingInput({ alg: 'none', typ: 'at+jwt' }, forge.claims())
}

/** The header names the public key as the one to use, and the attacker has used it as a secret. */
function hmac(algorithm: SigningAlgorithm, form: string, secretOf: (key: PublicKey) => string | Buffer): readonly Row[] {
  return (['HS256', 'HS512'] as const).map((alg) => {
    const request = presenting(async (forge) => {
      const key = await forge.publicKey(algorithm)
      return signedByHmac({ alg, typ: 'at+jwt', kid: key.kid }, forge.claims(), secretOf(key))
    })
    return [`${alg}, ${algorithm} key as ${form}`, request, invalidToken('algorithm_not_allowed')]
  })
}

function header(members: Record<string, unknown>): BadInput['request'] {
  return presenting((forge) => forge.token({}, members))
}
