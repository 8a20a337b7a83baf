import type { X509Certificate } from 'node:crypto'
import type { TlsClientIdentity } from '../../tls-client-identity.js'
import { isSameName, parseDistinguishedName, parseNodeSubject } from './distinguished-name.js'

/**
 * Whether a certificate is of the subject that a client is registered with. Does not check who issued it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2.1.2 RFC 8705 §2.1.2}
 */
export async function certificateIsOf(der: Uint8Array, identity: TlsClientIdentity): Promise<boolean> {
  const certificate = await readCertificate(der)
  if (certificate === undefined) return false
  if ('subjectDn' in identity) return hasSubject(certificate, identity.subjectDn)
  if ('sanUri' in identity) return alternativeUris(certificate).includes(identity.sanUri)
  if ('sanDns' in identity) return certificate.checkHost(identity.sanDns, { subject: 'never', wildcards: false }) !== undefined
  if ('sanIp' in identity) return (await isIpAddress(identity.sanIp)) && certificate.checkIP(identity.sanIp) !== undefined
  return certificate.checkEmail(identity.sanEmail, { subject: 'never' }) !== undefined
}

async function isIpAddress(text: string): Promise<boolean> {
  const { isIP } = await import('node:net')
  return isIP(text) !== 0
}

/** Reads a certificate; `undefined` if it is none. */
async function readCertificate(der: Uint8Array): Promise<X509Certificate | undefined> {
  // Loaded here, so that an issuer without such clients runs where there is no node:crypto.
  const crypto = await import('node:crypto')
  try {
    return new crypto.X509Certificate(der)
  } catch {
    return undefined
  }
}

function hasSubject({ subject }: X509Certificate, expected: string): boolean {
  const [actualName, expectedName] = [parseNodeSubject(subject ?? ''), parseDistinguishedName(expected)]
  return actualName !== undefined && expectedName !== undefined && isSameName(actualName, expectedName)
}

// `DNS:a, URI:"b, c"`: node:crypto quotes a name, as a JSON string, that could be taken for more than one.
function alternativeUris({ subjectAltName = '' }: X509Certificate): readonly string[] {
  const names = subjectAltName.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)/g)
  return [...names].filter(([, kind]) => kind === 'URI').map(([, , name = '']) => unquote(name))
}

function unquote(name: string): string {
  return name.startsWith('"') ? String(JSON.parse(name)) : name
}
