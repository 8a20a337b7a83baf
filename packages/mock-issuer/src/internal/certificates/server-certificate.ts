import { issueCertificate } from './issue-certificate.js'
import type { AlternativeName, CertificateInput } from './issue-certificate.js'

/** What a server of TLS shows, and what its clients need to trust it. All in PEM. */
export interface ServerCertificate {
  readonly key: string
  readonly cert: string
  /** The authority that signed the certificate. Its key is thrown away, so nothing else will ever be signed by it. */
  readonly authority: string
}

const dayMs = 86_400_000

/**
 * Makes a key and a certificate for this machine and for `host`, good for a year, and the authority to trust them by. An authority of
 * its own rather than a certificate that signs itself: some clients take no authority for a server, others no server for an authority.
 *
 * @param host the address that the server listens on: an IP address or a host name
 */
export async function createServerCertificate(host: string): Promise<ServerCertificate> {
  const { createHash, generateKeyPairSync } = await import('node:crypto')
  const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // The time of this machine and not the issuer's, since it is the clients that look at it.
  const validity = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 365 * dayMs) }
  // Named by its key: a client that trusts two of them must not try the one for the other.
  const fingerprint = createHash('sha256')
    .update(authorityKeys.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  const authority: CertificateInput = {
    subject: [
      ['O', 'Mock issuer'],
      ['CN', `Mock issuer authority ${fingerprint.slice(0, 16)}`],
    ],
    publicKey: authorityKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    use: 'authority',
    ...validity,
  }
  const server: CertificateInput = {
    subject: [
      ['O', 'Mock issuer'],
      ['CN', 'localhost'],
    ],
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    use: 'server',
    alternativeNames: await alternativeNames(host),
    issuer: authority,
    ...validity,
  }
  return {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: await issueCertificate(server),
    authority: await issueCertificate(authority),
  }
}

async function alternativeNames(host: string): Promise<readonly AlternativeName[]> {
  const { isIPv4, isIPv6 } = await import('node:net')
  const names: AlternativeName[] = [{ dns: 'localhost' }, { ip: Uint8Array.of(127, 0, 0, 1) }, { ip: ipv6Bytes('::1') }]
  if (isIPv4(host)) return [...names, { ip: Uint8Array.from(host.split('.').map(Number)) }]
  if (isIPv6(host)) return [...names, { ip: ipv6Bytes(host) }]
  return host === 'localhost' ? names : [...names, { dns: host }]
}

// The URL parser writes every IPv6 address in groups of hexadecimal digits, with one :: at most.
function ipv6Bytes(address: string): Uint8Array {
  const [left = '', right = ''] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '')
  const [head, tail] = [groups(left), groups(right)]
  const filled = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail]
  return Uint8Array.from(filled.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]))
}
