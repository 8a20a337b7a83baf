import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import type { GoodToken } from './good-token.js'

/** Genuine tokens whose claims are not what an API should act on. */
export const claimForgeries = {
  missingScope: declareForgery({
    title: 'Without the scope',
    description: 'A good token that does not allow this request. An API that takes it does not look at scopes.',
    rfc: rfc(6750, '3.1'),
    expected: 'insufficient_scope',
    severity: 'serious',
    variants: {
      none: scope('no scope', () => undefined),
      other: scope('another scope', () => 'unrelated'),
      startsAlike: {
        ...scope('one that begins alike', (scopes) => scopes.map((name) => `${name}_more`).join(' ')),
        description:
          'The scope only begins like the one that is needed. An API that takes it compares beginnings, so that a lesser scope opens more.',
      },
      contains: {
        ...scope('one that holds it', (scopes) => scopes.map((name) => `not_${name}`).join(' ')),
        description:
          'The scope only has the needed one within its name. An API that takes it searches in the text instead of comparing whole names.',
      },
      otherCase: {
        ...scope('another case', (scopes) => scopes.join(' ').toUpperCase()),
        description:
          'The scope is spelled in upper case. Scopes are compared character by character (RFC 6749 §3.3), and an issuer may grant both apart.',
      },
    },
  }),
  scopeAsArray: declareForgery({
    title: 'A scope that is no text',
    description: 'The scope claim is a text with spaces between the names. Some issuers write a list.',
    rfc: rfc(9068, '2.2.3'),
    expected: 'refusal',
    severity: 'lenient',
    variants: {
      // Issuers that know nothing of RFC 9068 write it so, and it grants nothing that they did not.
      list: { ...scope('a list of names', (scopes) => scopes), profile: 'rfc9068' },
      listWithSpaces: {
        ...scope('a list with several names in one text', (scopes) => [`${scopes.join(' ')} unrelated`]),
        description:
          'A list whose one entry is several names with spaces between them. An API that takes it makes scopes of what is no scope.',
      },
      object: {
        ...scope('an object with the names as members', (scopes) => Object.fromEntries(scopes.map((name) => [name, true]))),
        description:
          'An object that has the scopes as the names of its members. An API that takes it looks for names in whatever it is given.',
      },
    },
  }),
  missingClaim: declareForgery({
    title: 'Without a claim that RFC 9068 requires',
    description: 'An access token of RFC 9068 says whose it is, which client it was issued to, when, and has an id.',
    rfc: rfc(9068, '2.2'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      sub: without('sub'),
      client_id: without('client_id'),
      iat: without('iat'),
      jti: without('jti'),
    },
  }),
  duplicateClaims: declareForgery({
    title: 'A claim that is there twice',
    description:
      'Parsers take the first one or the last one. A JWT parser must refuse both or take the last one, which is the bad one here.',
    rfc: rfc(7519, '4'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      audience: duplicate('aud', '"https://other.example.com"'),
      expiry: duplicate('exp', '1'),
      issuer: duplicate('iss', '"https://login.attacker.example"'),
    },
  }),
  deepJson: declareForgery({
    title: 'JSON that nests thousands deep',
    description: 'What walks it step by step runs out of stack. In the header, nobody has even signed it when it is read.',
    rfc: rfc(8259, '9'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      claims: { title: 'in the claims', forge: ({ resign, claims }: GoodToken) => resign({ payload: withDeepMember(claims) }) },
      header: { title: 'in the header', forge: ({ resign, header }: GoodToken) => resign({ headerText: withDeepMember(header) }) },
    },
  }),
  hugeToken: declareForgery({
    title: 'A token of 64 kB',
    description: 'More than any header should be. Most servers refuse it before an API sees it.',
    rfc: rfc(9110, '5.4'),
    expected: 'refusal',
    severity: 'lenient',
    variants: {
      claims: { title: 'by its claims', forge: ({ resign }: GoodToken) => resign({ claims: { padding: 'x'.repeat(49_152) } }) },
      signature: { title: 'by its signature', forge: ({ token }: GoodToken) => token + 'A'.repeat(65_536) },
    },
  }),
}

const depth = 4000

function withDeepMember(members: object): string {
  return `${JSON.stringify(members).slice(0, -1)},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`
}

function scope(title: string, change: (scopes: readonly string[]) => unknown): VariantDeclaration {
  return {
    title,
    forge: ({ resign, claims }: GoodToken) => {
      const { scope: granted } = claims
      const scopes = typeof granted === 'string' ? granted.split(' ').filter((name) => name !== '') : []
      return resign({ claims: { scope: change(scopes) } })
    },
  }
}

function without(claim: string): VariantDeclaration {
  return { title: `without ${claim}`, profile: 'rfc9068', forge: ({ resign }: GoodToken) => resign({ claims: { [claim]: undefined } }) }
}

function duplicate(claim: string, value: string): VariantDeclaration {
  return {
    title: `${claim}, the last one bad`,
    forge: ({ resign, claims }: GoodToken) => resign({ payload: `${JSON.stringify(claims).slice(0, -1)},"${claim}":${value}}` }),
  }
}
