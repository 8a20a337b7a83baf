import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { concatBytes, derInteger, derSequence, ecdsaSignatureToDer } from './der.js'
import { encodePart, splitToken, withPayload, withSignature } from './compact-token.js'
import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'

/** What was not signed by the issuer, or not as it is now. */
export const signatureForgeries = {
  algNone: declareForgery({
    title: 'Unsigned: alg none',
    description: 'The token says that it has no signature, and has none. An API that takes it believes whatever anybody writes.',
    rfc: rfc(9068, '4'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      none: unsigned('none'),
      None: unsigned('None'),
      NONE: unsigned('NONE'),
      nOnE: unsigned('nOnE'),
      noneWithSignature: {
        title: 'none, with a signature all the same',
        forge: ({ header, claims, token }) => `${encodePart({ ...header, alg: 'none' })}.${encodePart(claims)}.${splitToken(token)[2]}`,
      },
      absent: {
        title: 'no alg at all',
        forge: ({ header, claims }) => `${encodePart({ typ: header['typ'], kid: header['kid'] })}.${encodePart(claims)}.`,
      },
    },
  }),
  foreignKey: declareForgery({
    title: "Signed by a stranger's key",
    description: 'The header is that of a genuine token, kid included, and the signature is by a key that the issuer does not know.',
    rfc: rfc(9068, '4'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      issuersKid: {
        title: 'under the kid of the issuer',
        forge: ({ attacker, header, claims, algorithm }) => attacker.sign({ header, payload: claims, algorithm }),
      },
      noKid: {
        title: 'without a kid',
        forge: ({ attacker, header, claims, algorithm }) =>
          attacker.sign({ header: { alg: header['alg'], typ: header['typ'] }, payload: claims, algorithm }),
      },
    },
  }),
  tamperedPayload: declareForgery({
    title: 'Claims changed after signing',
    description: 'A genuine token whose claims were changed, under the signature of the first ones.',
    rfc: rfc(7515, '5.2'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      subject: { title: 'another sub', forge: ({ token, claims }) => withPayload(token, { ...claims, sub: 'mallory' }) },
      expiry: { title: 'a later exp', forge: ({ token, claims }) => withPayload(token, { ...claims, exp: Number(claims['exp']) + 3600 }) },
    },
  }),
  tamperedSignature: declareForgery({
    title: 'Signature changed',
    description: 'A genuine token with another signature than its own. An API that takes it does not look at all of the signature.',
    rfc: rfc(7515, '5.2'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      bit: {
        title: 'one bit flipped',
        forge: ({ token }) => withSignature(token, (bytes) => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte))),
      },
      short: { title: 'a byte short', forge: ({ token }) => withSignature(token, (bytes) => bytes.subarray(0, -1)) },
      long: { title: 'a byte long', forge: ({ token }) => withSignature(token, (bytes) => concatBytes(bytes, Uint8Array.of(0))) },
      otherToken: {
        title: 'that of another token',
        forge: async ({ token, resign }) =>
          `${token.slice(0, token.lastIndexOf('.'))}.${splitToken(await resign({ claims: { jti: 'other' } }))[2]}`,
      },
    },
  }),
  strippedSignature: declareForgery({
    title: 'Signature left out',
    description: 'A genuine header and genuine claims without the signature.',
    rfc: rfc(7515, '5.2'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      empty: { title: 'nothing behind the last dot', forge: ({ token }) => token.slice(0, token.lastIndexOf('.') + 1) },
      twoParts: { title: 'no last dot', forge: ({ token }) => token.slice(0, token.lastIndexOf('.')) },
    },
  }),
  psychicSignature: declareForgery({
    title: 'ES256 with numbers that are no signature',
    description:
      'A signature of zeros fits every text where r and s are not checked to be from 1 to n - 1, as in Java 15 to 18 (CVE-2022-21449).',
    rfc: rfc(8725, '3.4'),
    expected: 'invalid_token',
    severity: 'critical',
    algorithm: 'ES256',
    variants: {
      zero: psychic('r and s zero', () => new Uint8Array(64)),
      order: psychic('r and s the order of the group', () => concatBytes(orderOfP256(), orderOfP256())),
      zeroInDer: psychic('r and s zero, in DER form', () => derSequence(derInteger(Uint8Array.of(0)), derInteger(Uint8Array.of(0)))),
    },
  }),
  derSignature: declareForgery({
    title: 'ES256 signature in DER form',
    description:
      'The signature is genuine, in the form that TLS has for it and JWS has not. One token in several spellings slips by lists of revoked ones.',
    rfc: rfc(7518, '3.4'),
    expected: 'invalid_token',
    severity: 'lenient',
    algorithm: 'ES256',
    variants: { only: { title: 'in DER form', forge: ({ token }) => withSignature(token, ecdsaSignatureToDer) } },
  }),
  wrongAlgorithm: declareForgery({
    title: 'An alg that is not that of the key',
    description: 'The header names another algorithm than the one that the key is published for.',
    rfc: rfc(8725, '3.1'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      otherFamily: mislabelled('ES256', 'RS256'),
      otherCurve: mislabelled('ES256', 'ES384'),
      otherPadding: mislabelled('RS256', 'PS256'),
      lowerCase: { ...mislabelled('ES256', 'es256'), severity: 'lenient' },
    },
  }),
}

function unsigned(alg: string): VariantDeclaration {
  return { title: alg, forge: ({ header, claims }) => `${encodePart({ ...header, alg })}.${encodePart(claims)}.` }
}

function psychic(title: string, signature: () => Uint8Array): VariantDeclaration {
  return { title, forge: ({ token, claims }) => withSignature(withPayload(token, { ...claims, sub: 'mallory' }), signature) }
}

function mislabelled(algorithm: SigningAlgorithm, alg: string): VariantDeclaration {
  return { title: `${alg} over an ${algorithm} signature`, algorithm, forge: ({ resign }) => resign({ header: { alg } }) }
}

function orderOfP256(): Uint8Array {
  const hex = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
