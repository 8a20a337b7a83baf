import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'
import type { GoodToken } from './good-token.js'
import { signHmac } from './hmac.js'

/** Tokens that say themselves which key they are to be verified with. */
export const keyForgeries = {
  embeddedJwk: declareForgery({
    title: 'Brings its own key: jwk',
    description:
      "The attacker's public key stands in the header. An API that verifies with it believes whatever anybody writes (CVE-2018-0114).",
    rfc: rfc(7515, '4.1.3'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: underEachKid(async ({ attacker, algorithm }) => ({ jwk: await attacker.publicJwk(algorithm) })),
  }),
  jku: declareForgery({
    title: 'Says where its keys are: jku',
    description:
      "The header points to the attacker's key set. An API that fetches it believes anybody, and can be made to call any address.",
    rfc: rfc(8725, '3.10'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: underEachKid(({ attacker }) => ({ jku: attacker.jwksUrl })),
  }),
  x5u: declareForgery({
    title: 'Says where its certificate is: x5u',
    description:
      "The header points to the attacker's certificates. An API that fetches them believes anybody, and can be made to call any address.",
    rfc: rfc(8725, '3.10'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: underEachKid(({ attacker }) => ({ x5u: attacker.certificatesUrl })),
  }),
  x5c: declareForgery({
    title: 'Brings its own certificate: x5c',
    description: 'The header holds a certificate for the key of the attacker, by an authority that the attacker made up.',
    rfc: rfc(7515, '4.1.6'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: underEachKid(async ({ attacker, algorithm }) => ({ x5c: await attacker.certificateChain(algorithm) })),
  }),
  kidInjection: declareForgery({
    title: 'A kid that is no key id',
    description:
      'The kid goes where an API looks keys up: a file, a query, a URL, a map. What comes out of there is the key of the attacker.',
    rfc: rfc(8725, '3.10'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      path: injected('a path to an empty file', '../../../../../../dev/null', ''),
      sql: injected('SQL that selects a known secret', "x' UNION SELECT 'secret' -- ", 'secret'),
      command: injected('a shell command', 'x|echo secret', 'secret'),
      url: {
        title: "the URL of the attacker's key set",
        forge: (good) => byAttacker(good, { kid: good.attacker.jwksUrl }),
      },
      veryLong: { title: '8,000 characters', forge: (good) => byAttacker(good, { kid: 'k'.repeat(8000) }) },
      prototype: { title: '__proto__', forge: (good) => byAttacker(good, { kid: '__proto__' }) },
      builtIn: { title: 'constructor', forge: (good) => byAttacker(good, { kid: 'constructor' }) },
      lineBreak: { title: 'a line break and a header', forge: (good) => byAttacker(good, { kid: 'x\r\nset-cookie: a=b' }) },
      number: { title: 'a number', forge: (good) => byAttacker(good, { kid: 0 }) },
    },
  }),
  unknownKid: declareForgery({
    title: 'A kid that the issuer does not have',
    description:
      'No published key has this kid. Keys of others must not be tried in its place, and each such token must not cost a request to the issuer.',
    rfc: rfc(7515, '4.1.4'),
    expected: 'invalid_token',
    severity: 'critical',
    variants: {
      stranger: { title: "signed by a stranger's key", forge: (good) => byAttacker(good, { kid: 'no-such-key' }) },
      genuine: {
        title: "signed by the issuer's key",
        severity: 'lenient',
        forge: ({ resign }) => resign({ header: { kid: 'no-such-key' } }),
      },
    },
  }),
}

type HeaderOf = (good: GoodToken) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>

/** Signed by the attacker, under a kid of the attacker, of the issuer, and none. */
function underEachKid(extra: HeaderOf): Record<'attackersKid' | 'issuersKid' | 'noKid', VariantDeclaration> {
  return {
    attackersKid: {
      title: "under the attacker's kid",
      forge: async (good) => byAttacker(good, { kid: (await good.attacker.publicJwk(good.algorithm)).kid, ...(await extra(good)) }),
    },
    issuersKid: { title: "under the issuer's kid", forge: async (good) => byAttacker(good, await extra(good)) },
    noKid: { title: 'without a kid', forge: async (good) => byAttacker(good, { kid: undefined, ...(await extra(good)) }) },
  }
}

function byAttacker({ attacker, header, claims, algorithm }: GoodToken, changes: Readonly<Record<string, unknown>>): Promise<string> {
  return attacker.sign({ header: { ...header, ...changes }, payload: claims, algorithm })
}

function injected(title: string, kid: string, secret: string): VariantDeclaration {
  return {
    title,
    forge: ({ header, claims }) => signHmac({ header: { ...header, kid }, payload: claims, secret: new TextEncoder().encode(secret) }),
  }
}
