import { concatBytes, derElement, derInteger, derSequence, ecdsaSignatureToDer, toBase64 } from './der.js'

const encoder = new TextEncoder()
const commonName = Uint8Array.of(0x06, 3, 0x55, 0x04, 0x03)
const ecdsaWithSha256 = derSequence(Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
const version3 = derElement(0xa0, Uint8Array.of(0x02, 1, 2))
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * Makes a certificate for a public key, by an authority that nobody has heard of, and the one that this authority has for itself; in
 * base64, the certificate for the key first.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 RFC 5280 §4.1}
 */
export async function createCertificateChain(publicKey: CryptoKey): Promise<readonly string[]> {
  const authority = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify'])
  const issue = (subject: string, key: CryptoKey) => issueCertificate({ subject, key, authorityKey: authority.privateKey })
  return [await issue('login.example.com', publicKey), await issue(authorityName, authority.publicKey)]
}

const authorityName = 'Attacker CA'

async function issueCertificate(input: { subject: string; key: CryptoKey; authorityKey: CryptoKey }): Promise<string> {
  const body = derSequence(
    version3,
    derInteger(concatBytes(Uint8Array.of(1), crypto.getRandomValues(new Uint8Array(8)))),
    ecdsaWithSha256,
    distinguishedName(authorityName),
    derSequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    distinguishedName(input.subject),
    new Uint8Array(await crypto.subtle.exportKey('spki', input.key)),
  )
  const signature = await crypto.subtle.sign(ecdsa, input.authorityKey, body as Uint8Array<ArrayBuffer>)
  const bits = derElement(0x03, Uint8Array.of(0), ecdsaSignatureToDer(new Uint8Array(signature)))
  return toBase64(derSequence(body, ecdsaWithSha256, bits))
}

function distinguishedName(name: string): Uint8Array {
  return derSequence(derElement(0x31, derSequence(commonName, derElement(0x0c, encoder.encode(name)))))
}

function utcTime(text: string): Uint8Array {
  return derElement(0x17, encoder.encode(text))
}
