import type { KeyObject } from 'node:crypto'
import { der } from './der.js'
import { formatPem } from './pem.js'

/** A name that a certificate is for. */
export type AlternativeName = { readonly dns: string } | { readonly ip: Uint8Array } | { readonly uri: string } | { readonly email: string }

/** What a certificate says, and who signs it. */
export interface CertificateInput {
  /** The subject, from the root: the types `C`, `O`, `OU` and `CN`. */
  readonly subject: readonly (readonly [type: keyof typeof attributeTypes, value: string])[]
  readonly publicKey: KeyObject
  readonly use: 'authority' | 'server' | 'client'
  readonly alternativeNames?: readonly AlternativeName[] | undefined
  readonly notBefore: Date
  readonly notAfter: Date
  /** The authority that signs; left out for a certificate that its own key signs. */
  readonly issuer?: Pick<CertificateInput, 'subject' | 'publicKey'> | undefined
  /** The P-256 key that signs. */
  readonly signingKey: KeyObject
}

/**
 * Makes an X.509 certificate of version 3, signed with ECDSA and SHA-256, in PEM. Only what the issuer needs can be in it. It is written
 * here because Node can read certificates and not make them, and the libraries that can weigh more than the rest of this package.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4 RFC 5280 §4}
 */
export async function issueCertificate(input: CertificateInput): Promise<string> {
  const { createHash, randomBytes, sign } = await import('node:crypto')
  const keyIdentifier = (key: KeyObject): Uint8Array => createHash('sha256').update(exportSpki(key)).digest().subarray(0, 20)
  const issuer = input.issuer ?? input
  // Positive, and not longer than 20 bytes (§4.1.2.2).
  const serialNumber = Uint8Array.of(0x40, ...randomBytes(15))
  const content = der.sequence(
    der.explicit(0, der.integer(Uint8Array.of(2))),
    der.integer(serialNumber),
    ecdsaWithSha256,
    encodeName(issuer.subject),
    der.sequence(der.time(input.notBefore), der.time(input.notAfter)),
    encodeName(input.subject),
    exportSpki(input.publicKey),
    der.explicit(
      3,
      der.sequence(...encodeExtensions(input, { own: keyIdentifier(input.publicKey), issuer: keyIdentifier(issuer.publicKey) })),
    ),
  )
  const signature = sign('sha256', content, input.signingKey)
  return formatPem('CERTIFICATE', der.sequence(content, ecdsaWithSha256, der.bitString(signature)))
}

const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'))
const attributeTypes = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' } as const

function encodeName(subject: CertificateInput['subject']): Uint8Array {
  const rdns = subject.map(([type, value]) => der.set(der.sequence(der.objectIdentifier(attributeTypes[type]), der.utf8String(value))))
  return der.sequence(...rdns)
}

function encodeExtensions(
  { use, alternativeNames = [] }: CertificateInput,
  keyIdentifiers: { readonly own: Uint8Array; readonly issuer: Uint8Array },
): readonly Uint8Array[] {
  const isAuthority = use === 'authority'
  // keyCertSign is bit 5, digitalSignature bit 0 (§4.2.1.3).
  const keyUsage = isAuthority ? der.bitString(Uint8Array.of(0b0000_0100), 2) : der.bitString(Uint8Array.of(0b1000_0000), 7)
  const purpose = der.objectIdentifier(use === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2')
  return [
    extension('2.5.29.19', der.sequence(...(isAuthority ? [der.true()] : [])), 'critical'),
    extension('2.5.29.15', keyUsage, 'critical'),
    extension('2.5.29.14', der.octetString(keyIdentifiers.own)),
    extension('2.5.29.35', der.sequence(der.implicit(0, keyIdentifiers.issuer))),
    ...(isAuthority ? [] : [extension('2.5.29.37', der.sequence(purpose))]),
    ...(alternativeNames.length === 0 ? [] : [extension('2.5.29.17', der.sequence(...alternativeNames.map(encodeAlternativeName)))]),
  ]
}

function extension(oid: string, value: Uint8Array, critical?: 'critical'): Uint8Array {
  return der.sequence(der.objectIdentifier(oid), ...(critical === undefined ? [] : [der.true()]), der.octetString(value))
}

// §4.2.1.6: the names are IA5 strings under tags of their own.
function encodeAlternativeName(name: AlternativeName): Uint8Array {
  if ('ip' in name) return der.implicit(7, name.ip)
  const [tag, text] = 'dns' in name ? [2, name.dns] : 'uri' in name ? [6, name.uri] : [1, name.email]
  return der.implicit(tag, new TextEncoder().encode(text))
}

function exportSpki(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' })
}
