import { encodePart } from './compact-token.js'
import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import type { GoodToken } from './good-token.js'

/** Genuine documents of the issuer that are no access tokens, or not in this form. */
export const typeForgeries = {
  wrongType: declareForgery({
    title: 'Another kind of JWT, by its typ',
    description: 'The issuer signs more than access tokens, with the same key. Each of them says in its typ what it is.',
    rfc: rfc(8725, '3.11'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      logout: typed('logout+jwt', 'a logout token'),
      dpop: typed('dpop+jwt', 'a DPoP proof'),
      securityEvent: typed('secevent+jwt', 'a security event'),
      introspection: typed('token-introspection+jwt', 'an introspection response'),
      authorizationRequest: typed('oauth-authz-req+jwt', 'an authorization request'),
      mediaType: typed('application/logout+jwt', 'a logout token, by its whole media type'),
      logoutEvents: {
        title: 'a logout token, by its events',
        forge: ({ resign }) =>
          resign({ header: { typ: 'JWT' }, claims: { sid: 's-1', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } } }),
      },
      plainJwt: { ...typed('JWT', 'a JWT of no kind'), profile: 'rfc9068', severity: 'lenient' },
      none: { ...typed(undefined, 'no typ'), profile: 'rfc9068', severity: 'lenient' },
    },
  }),
  idToken: declareForgery({
    title: 'An ID token',
    description: 'It tells a client who logged in. An API that takes it gives every client that a user logs in to the rights of that user.',
    rfc: rfc(8725, '3.12'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      nonce: { title: 'for the API, with a nonce', forge: idToken({ nonce: 'n-0S6_WzA2Mj' }) },
      atHash: { title: 'for the API, with at_hash', forge: idToken({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }) },
      forClient: { title: 'for its client, as it was issued', forge: ({ issuer }) => issuer.idToken() },
      unmarked: { title: 'for the API, with nothing to tell it by but typ JWT', profile: 'rfc9068', forge: idToken({}) },
    },
  }),
  refreshTokenAsAccessToken: declareForgery({
    title: 'A refresh token',
    description: 'It is for the issuer alone, and lives much longer than an access token.',
    rfc: rfc(6749, '1.5'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      opaque: { title: 'opaque', forge: () => randomText(32) },
      typedRefresh: {
        title: 'a JWT whose claims say so: typ Refresh',
        severity: 'lenient',
        forge: ({ resign }) => resign({ header: { typ: 'JWT' }, claims: { typ: 'Refresh' } }),
      },
      tokenUse: {
        title: 'a JWT whose claims say so: token_use refresh',
        severity: 'lenient',
        forge: ({ resign }) => resign({ header: { typ: 'JWT' }, claims: { token_use: 'refresh' } }),
      },
    },
  }),
  nestedJwt: declareForgery({
    title: 'A JWT within a JWT',
    description: 'The outer one says by its cty that the claims are in another JWT within. They are not those of the outer one.',
    rfc: rfc(7519, '5.2'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      inner: { title: 'a good token within', forge: ({ resign, token }) => resign({ header: { cty: 'JWT' }, payload: token }) },
      claims: { title: 'claims in place of the token within', forge: ({ resign }) => resign({ header: { cty: 'JWT' } }) },
    },
  }),
  encrypted: declareForgery({
    title: 'The five parts of an encrypted token',
    description: 'Nobody but the holder of a private key could read it, and an API that has none must refuse it without working for it.',
    rfc: rfc(7516, '9'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      direct: encryptedUnder({ alg: 'dir', enc: 'A256GCM', typ: 'at+jwt' }, 'alg dir'),
      password: encryptedUnder(
        { alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2s: 'c2FsdHNhbHQ', p2c: 2 ** 31 - 1 },
        'by a password, 2^31 rounds',
      ),
      goodInFront: { title: 'a good token and two parts more', forge: ({ token }) => `${token}.${randomText(8)}.${randomText(16)}` },
    },
  }),
  opaqueGarbage: declareForgery({
    title: 'Nothing like a token',
    description: 'Text that is no token, in forms that a careless parser falls over.',
    rfc: rfc(6750, '3.1'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      words: { title: 'a word', forge: () => 'not-a-token' },
      random: { title: 'random characters', forge: () => randomText(40) },
      dots: { title: 'two dots', forge: () => '..' },
      letters: { title: 'three letters with dots', forge: () => 'a.b.c' },
      nulls: { title: 'null for header and claims', forge: () => `${encodePart('null')}.${encodePart('null')}.AAAA` },
      notJson: { title: 'a header that is not JSON', forge: ({ resign }) => resign({ headerText: '{"alg":"ES256"' }) },
      claimsNotJson: { title: 'claims that are not JSON', forge: ({ resign }) => resign({ payload: 'hello' }) },
      list: { title: 'claims that are a list', forge: ({ resign, claims }) => resign({ payload: JSON.stringify([claims]) }) },
    },
  }),
}

function typed(typ: string | undefined, title: string): VariantDeclaration {
  return { title: typ === undefined ? title : `${title}: ${typ}`, forge: ({ resign }) => resign({ header: { typ } }) }
}

function idToken(mark: Readonly<Record<string, unknown>>): VariantDeclaration['forge'] {
  return ({ issuer, claims, algorithm }: GoodToken) => {
    const { jti: _jti, client_id: clientId, ...rest } = claims
    return issuer.idToken({ ...rest, azp: clientId, ...mark }, { algorithm })
  }
}

function encryptedUnder(header: object, title: string): VariantDeclaration {
  return { title, forge: () => [encodePart(header), randomText(24), randomText(12), randomText(300), randomText(16)].join('.') }
}

function randomText(bytes: number): string {
  return encodePart(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)).map((byte) => byte & 0x7f)))
}
