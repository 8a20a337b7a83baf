import { AccessTokenError } from '../../../access-token-error.js'
import { decodeEscapedPem } from './escaped-pem.js'
import { thumbprintOfHex } from './hex-thumbprint.js'
import type { PresentedCertificate } from './presented-certificate.js'

/** The keys that Envoy may repeat in an element. */
const repeatable = new Set(['by', 'uri', 'dns'])

/**
 * Parses the one element of Envoy's `X-Forwarded-Client-Cert`: `Key=Value` pairs separated by semicolons, values quoted where
 * needed, with `\` as the escape. Keys are case-insensitive; unknown ones are ignored. `Hash` is required, as Envoy always
 * writes it; `Cert` is optional.
 *
 * Envoy does not quote `By`, `URI` and `DNS`, whose values come from certificates, and with `APPEND_FORWARD` it keeps what the
 * client sent in front of its own. So a client may have written any part of the header except the `Hash` that Envoy adds. That
 * one is unambiguous only if there is no other, in another element or inside quotes; otherwise the header is refused.
 *
 * @throws {AccessTokenError} `certificate_missing`
 * @see {@link https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 *   Envoy's description}
 */
export function parseForwardedClientCert(field: string): PresentedCertificate {
  const hashes = field.match(/(?:^|[;,"])\s*hash\s*=/gi)?.length ?? 0
  if (hashes > 1) {
    throw unreadable('has more than one Hash: let the proxy that clients connect to SANITIZE_SET, and those behind it FORWARD_ONLY')
  }
  const pairs = readPairs(field)
  const thumbprint = thumbprintOfHex(pairs.get('hash') ?? '')
  if (thumbprint === undefined) throw unreadable('has no Hash that is a SHA-256 in hexadecimal')
  const cert = pairs.get('cert')
  if (cert === undefined) return { thumbprint }
  const der = decodeEscapedPem(cert)
  if (der === undefined) throw unreadable('has a Cert that is not one certificate in percent-encoded PEM')
  return { der, thumbprint }
}

/** A pair and its end: a semicolon, or the end of the header. */
const pair = /([A-Za-z]+)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^",;]*))(;|$)/y

function readPairs(field: string): Map<string, string> {
  const pairs = new Map<string, string>()
  let hasMore = true
  pair.lastIndex = 0
  while (hasMore) {
    const [, name, quoted, plain = '', end] = pair.exec(field) ?? []
    if (name === undefined) throw unreadable('is not one element of Key=Value pairs')
    const key = name.toLowerCase()
    if (pairs.has(key) && !repeatable.has(key)) throw unreadable('has a key twice')
    pairs.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain)
    hasMore = end === ';'
  }
  return pairs
}

function unreadable(detail: string): AccessTokenError {
  return new AccessTokenError('certificate_missing', { detail: `X-Forwarded-Client-Cert ${detail}` })
}
