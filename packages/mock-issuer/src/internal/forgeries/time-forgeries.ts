import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import type { GoodToken } from './good-token.js'

/** Genuine tokens that are not for now. */
export const timeForgeries = {
  expiredBy: declareForgery({
    title: 'Expired',
    description: 'The time of the token is over. Some APIs allow for clocks that differ, by a minute or so; that is lenient, and no more.',
    rfc: rfc(9068, '4'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      second: { title: 'by a second', severity: 'lenient', forge: expiredBy(1) },
      hour: { title: 'by an hour', forge: expiredBy(3600) },
      epoch: { title: 'in 1970', forge: ({ resign }) => resign({ claims: { exp: 0 } }) },
    },
  }),
  notYetValid: declareForgery({
    title: 'Not valid yet: nbf',
    description: 'The time of the token has not come.',
    rfc: rfc(7519, '4.1.5'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      minute: { title: 'for half a minute', severity: 'lenient', forge: notBefore((now) => now + 30) },
      hour: {
        title: 'for an hour',
        forge: notBefore(
          (now) => now + 3600,
          (now) => now + 7200,
        ),
      },
    },
  }),
  noExp: declareForgery({
    title: 'Without exp',
    description: 'The token says no end. Once stolen, it is good for ever.',
    rfc: rfc(9068, '2.2'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      absent: changed('absent', () => ({ exp: undefined })),
      null: changed('null', () => ({ exp: null })),
    },
  }),
  expAsString: declareForgery({
    title: 'An exp that is no number',
    description: 'The end of the token is a text. Where types are not checked, comparisons with it mean nothing.',
    rfc: rfc(7519, '2'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      future: changed('a number in quotes, ahead', (now) => ({ exp: String(now + 300) })),
      past: changed('a number in quotes, past', (now) => ({ exp: String(now - 3600) }), 'serious'),
      word: changed('the word never', () => ({ exp: 'never' }), 'serious'),
      list: changed('a list', (now) => ({ exp: [now + 300] }), 'serious'),
    },
  }),
  expMilliseconds: declareForgery({
    title: 'An exp in milliseconds',
    description: 'A common slip of issuers: by the seconds that a JWT counts, the token lives for another 56,000 years.',
    rfc: rfc(7519, '2'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: { only: changed('in milliseconds', (now) => ({ exp: (now + 300) * 1000 })) },
  }),
  issuedAtInMilliseconds: declareForgery({
    title: 'An iat in milliseconds',
    description: 'A common slip of issuers: by the seconds that a JWT counts, the token will be issued in 56,000 years.',
    rfc: rfc(7519, '4.1.6'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: { only: changed('in milliseconds', (now) => ({ iat: now * 1000 })) },
  }),
}

/** The claims of a token whose time was over that long ago, and that lived for five minutes. */
export function expiredClaims(nowSeconds: number, seconds: number): { iat: number; exp: number } {
  return { iat: nowSeconds - seconds - 300, exp: nowSeconds - seconds }
}

function expiredBy(seconds: number): VariantDeclaration['forge'] {
  return ({ resign, nowSeconds }: GoodToken) => resign({ claims: expiredClaims(nowSeconds, seconds) })
}

function notBefore(nbf: (now: number) => number, exp = (now: number) => now + 300): VariantDeclaration['forge'] {
  return ({ resign, nowSeconds }: GoodToken) => resign({ claims: { nbf: nbf(nowSeconds), exp: exp(nowSeconds) } })
}

function changed(
  title: string,
  claims: (nowSeconds: number) => Readonly<Record<string, unknown>>,
  severity?: 'serious',
): VariantDeclaration {
  return { title, ...(severity && { severity }), forge: ({ resign, nowSeconds }) => resign({ claims: claims(nowSeconds) }) }
}
