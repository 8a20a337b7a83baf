import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A certificate that vouches for itself, with its key. */
export interface SelfSignedCertificate {
  readonly certificatePem: string
  readonly privateKeyPem: string
  readonly publicKey: KeyObject
  /** The certificate as it goes over the wire. */
  readonly der: Buffer
}

/**
 * Makes a certificate for a new P-256 key, valid from yesterday until tomorrow, for a server at 127.0.0.1 or a client.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 RFC 5280 §4.1}
 */
export function createSelfSignedCertificate(commonName: string): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(element(0x31, sequence(oids.commonName, element(0x0c, Buffer.from(commonName)))))
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])), // serial number, positive
    sequence(oids.ecdsaWithSha256),
    name, // issuer
    sequence(time(Date.now() - dayMs), time(Date.now() + dayMs)),
    name, // subject
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(extension(oids.subjectAltName, sequence(element(0x87, Buffer.from([127, 0, 0, 1])))))),
  )
  const signature = element(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const der = sequence(body, sequence(oids.ecdsaWithSha256), signature)

  return {
    certificatePem: new X509Certificate(der).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
    der,
  }
}

const dayMs = 86_400_000

const oids = {
  commonName: Buffer.from([0x06, 3, 0x55, 0x04, 0x03]),
  subjectAltName: Buffer.from([0x06, 3, 0x55, 0x1d, 0x11]),
  ecdsaWithSha256: Buffer.from([0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]),
}

function extension(oid: Buffer, value: Buffer): Buffer {
  return sequence(oid, element(0x04, value))
}

function time(milliseconds: number): Buffer {
  return element(
    0x17,
    Buffer.from(
      `${new Date(milliseconds)
        .toISOString()
        .replace(/\.\d+|[-:T]/g, '')
        .slice(2)}`,
    ),
  )
}

function integer(value: Buffer): Buffer {
  return element(0x02, value)
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, ...parts)
}

/** Tag, length, value (DER). */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts)
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value])
  const length = Buffer.from(value.length.toString(16).padStart(value.length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value])
}
