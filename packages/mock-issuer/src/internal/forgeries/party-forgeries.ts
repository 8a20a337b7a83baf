import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import type { GoodToken } from './good-token.js'

/** Genuine tokens of others, for others, and in the wrong hands. */
export const partyForgeries = {
  wrongAudience: declareForgery({
    title: 'For another API',
    description:
      'The audience is not this API. An API that takes such a token can be reached with every token that any other one was ever sent.',
    rfc: rfc(9068, '4'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      other: audience('another API', () => 'https://other.example.com'),
      startsAlike: {
        ...audience('a name that begins alike', (aud) => `${aud}-2`),
        description: 'The audience is an API whose name only begins like this one. An API that takes it compares beginnings.',
      },
      contains: {
        ...audience('a name that holds this one', (aud) => `not-${aud}`),
        description: 'The audience is an API whose name only has this one within it. An API that takes it searches in the text.',
      },
      otherCase: {
        ...audience('another case', otherCase),
        description: 'The audience is this API in another case. Names are compared character by character: it may be another one.',
      },
      list: audience('a list of others', () => ['https://other.example.com', 'https://third.example.com']),
      inOneText: {
        ...audience('several in one text', (aud) => `https://other.example.com ${aud}`),
        description:
          'The audience is one name with a space in it, behind which this API is. Several audiences are a list (RFC 7519 §4.1.3).',
      },
    },
  }),
  noAudience: declareForgery({
    title: 'Without an audience',
    description: 'The token does not say for which API it is, so it is for none.',
    rfc: rfc(9068, '2.2'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      absent: audience('absent', () => undefined),
      null: audience('null', () => null),
      emptyList: audience('an empty list', () => []),
      emptyText: audience('an empty text', () => ''),
    },
  }),
  wrongIssuer: declareForgery({
    title: 'From another issuer',
    description: 'The name of the issuer is another one, under a key of this one. Names are compared character by character.',
    rfc: rfc(9068, '4'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      other: issuer('another issuer', () => 'https://login.attacker.example'),
      startsAlike: {
        ...issuer('a name that begins alike', (iss) => `${iss}.attacker.example`),
        description:
          'The name of the issuer only begins like this one, and is a host of somebody else. An API that takes it compares beginnings.',
      },
      trailingSlash: {
        ...issuer('a slash more, or less', (iss) => (iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`)),
        severity: 'lenient',
      },
      otherCase: { ...issuer('another case', otherCase), severity: 'lenient' },
      list: {
        ...issuer('a list with this one', (iss) => [iss]),
        severity: 'lenient',
        description: 'The issuer is a list that has this one in it. A token has one issuer, which is a text.',
      },
    },
  }),
  noIssuer: declareForgery({
    title: 'Without an issuer',
    description: 'The token does not say who issued it.',
    rfc: rfc(9068, '2.2'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      absent: issuer('absent', () => undefined),
      null: issuer('null', () => null),
      emptyText: issuer('an empty text', () => ''),
    },
  }),
  unboundConfirmation: declareForgery({
    title: 'A DPoP-bound token, sent as a bearer token',
    description: 'The token is bound to a key (cnf.jkt), and comes without a proof of it: as it would from a thief.',
    rfc: rfc(9449, '7.2'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: { only: confirmation('bound to a DPoP key', { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' }) },
  }),
  wrongCnf: declareForgery({
    title: 'A certificate-bound token, without the certificate',
    description:
      'The token is bound to a client certificate (cnf.x5t#S256), and comes over a connection without one: as it would from a thief.',
    rfc: rfc(8705, '3'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: { only: confirmation('bound to a certificate', { 'x5t#S256': '3oJvnlrLoi-AuV5Ef5oaKdskQdP43unYPfuw5SNw38A' }) },
  }),
  unknownConfirmation: declareForgery({
    title: 'Bound in a way that the API does not know',
    description:
      'The token says that it is bound to its sender. RFC 7800 lets an API ignore how, and then the token is a bearer token that was meant to be none.',
    rfc: rfc(7800, '3.1'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      unknown: confirmation('an unknown method', { 'https://example.com/unknown': true }),
      empty: confirmation('an empty cnf', {}),
      text: confirmation('a cnf that is a text', 'key'),
    },
  }),
}

function audience(title: string, change: (aud: string) => unknown): VariantDeclaration {
  return { title, forge: ({ resign, claims }: GoodToken) => resign({ claims: { aud: change(String([claims['aud']].flat()[0])) } }) }
}

function issuer(title: string, change: (iss: string) => unknown): VariantDeclaration {
  return { title, forge: ({ resign, claims }: GoodToken) => resign({ claims: { iss: change(String(claims['iss'])) } }) }
}

function confirmation(title: string, cnf: unknown): VariantDeclaration {
  return { title, forge: ({ resign }: GoodToken) => resign({ claims: { cnf } }) }
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}
