import { splitToken } from './compact-token.js'
import { declareForgery, rfc } from './declaration.js'
import type { GoodToken } from './good-token.js'

const misshapen = { description: 'What is critical must be a list of at least one name.', severity: 'lenient' } as const

/** Genuine tokens whose header says that there is more to them. */
export const headerForgeries = {
  unknownCrit: declareForgery({
    title: 'Needs an extension that nobody knows: crit',
    description: 'The header lists an extension that has to be understood. Who does not understand it must refuse the token.',
    rfc: rfc(7515, '4.1.11'),
    expected: 'invalid_token',
    severity: 'serious',
    variants: {
      extension: {
        title: 'an extension',
        forge: ({ resign }) => resign({ header: { crit: ['https://example.com/unknown'], 'https://example.com/unknown': true } }),
      },
      absent: {
        title: 'an extension that is not there',
        description: 'The header lists an extension as critical that it does not have, which is no JWS (RFC 7515 §4.1.11).',
        severity: 'lenient',
        forge: ({ resign }) => resign({ header: { crit: ['absent'] } }),
      },
      registered: {
        title: 'a parameter that is no extension',
        description: 'The header lists a parameter as critical that every JWS knows, which must not be listed.',
        severity: 'lenient',
        forge: ({ resign }) => resign({ header: { crit: ['alg'] } }),
      },
      empty: { ...misshapen, title: 'an empty list', forge: ({ resign }) => resign({ header: { crit: [] } }) },
      text: { ...misshapen, title: 'a text', forge: ({ resign }) => resign({ header: { crit: 'kid' } }) },
    },
  }),
  b64False: declareForgery({
    title: 'An unencoded payload: b64 false',
    description:
      'The header says that the payload is not encoded. A JWT must not say that, and who overlooks it reads other bytes than were signed.',
    rfc: rfc(7797, '7'),
    expected: 'invalid_token',
    severity: 'lenient',
    variants: {
      declared: { title: 'declared in crit', forge: ({ resign }) => resign({ header: { b64: false, crit: ['b64'] } }) },
      undeclared: { title: 'not declared', forge: ({ resign }) => resign({ header: { b64: false } }) },
    },
  }),
  nonCanonicalBase64: declareForgery({
    title: 'Another spelling of the same token',
    description: 'A genuine token in base64 that JWS does not allow. One token in several spellings slips by lists of revoked ones.',
    rfc: rfc(7515, '2'),
    expected: 'refusal',
    severity: 'lenient',
    variants: {
      padding: { title: 'padding at the end', algorithm: 'ES256', forge: ({ token }) => `${token}==` },
      paddedHeader: { title: 'padding within', forge: paddedHeader },
      whiteSpace: { title: 'a space in the signature', forge: ({ token }) => `${token.slice(0, -4)} ${token.slice(-4)}` },
      unusedBits: {
        title: 'other bits behind the last byte of the signature',
        algorithm: 'ES256',
        forge: ({ token }) => withStrayBits(token),
      },
      standardAlphabet: { title: '+ and / for - and _', algorithm: 'ES256', forge: inStandardAlphabet },
      junk: { title: 'a tilde in the signature', forge: ({ token }) => `${token.slice(0, -4)}~${token.slice(-4)}` },
    },
  }),
}

async function paddedHeader({ token, resign }: GoodToken): Promise<string> {
  // A header of a length that base64 pads.
  for (const filler of ['', 'x', 'xx']) {
    const padded = filler === '' ? token : await resign({ header: { filler } })
    const [encoded, ...rest] = splitToken(padded)
    if (encoded.length % 4 !== 0) return [encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '='), ...rest].join('.')
  }
  return token
}

/** An ES256 signature has 64 bytes: the last of its 86 characters carries two bits, and four that have to be zero. */
function withStrayBits(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet.charAt(alphabet.indexOf(token.slice(-1)) + 1)
}

async function inStandardAlphabet({ token, resign }: GoodToken): Promise<string> {
  // An ES256 signature is another one each time; of two hundred, one without either character does not occur.
  let candidate = token
  for (let tries = 0; tries < 200 && !/[-_][^.]*$/.test(candidate); tries += 1) candidate = await resign({ claims: {} })
  const [header, payload, signature] = splitToken(candidate)
  return `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`
}
