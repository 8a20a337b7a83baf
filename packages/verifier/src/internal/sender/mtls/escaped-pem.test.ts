import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { verdict } from '../../../../test/verdict.js'
import { decodeEscapedPem, parseEscapedPem } from './escaped-pem.js'

const { certificateDer, certificatePem } = await createClientCertificate()
const field = encodeURIComponent(certificatePem)
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')

/** What nginx 1.22.1 wrote for `proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert`, and the SHA-256 of the certificate. */
const nginxField =
  '-----BEGIN%20CERTIFICATE-----%0AMIIBZTCCAQugAwIBAgIJMPTn8EHlSsFCMAoGCCqGSM49BAMCMA8xDTALBgNVBAMT%0ABGpvaG4wHhcNMjYwMTAxMDAwMDAwWhcNNDYwMTAxMDAwMDAwWjAPMQ0wCwYDVQQD%0AEwRqb2huMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMp2%2BnylgJ9cCR9AO370a%0AmAK0TJfajyQBEjgui5CL0hUMWeDBCpjLL8fGpXrs5a6C%2FP%2FdKZ85aP5HBPlR2qkc%0AjKNQME4wDAYDVR0TAQH%2FBAIwADAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYI%0AKwYBBQUHAwEGCCsGAQUFBwMCMA8GA1UdEQQIMAaCBGpvaG4wCgYIKoZIzj0EAwID%0ASAAwRQIhALnmcMqwHPzYxqMFhIhv%2BAdi80Rii3W8P36QqKA%2FRNHrAiAda50cmd4g%0AC%2F5nRD1ToLM9ncXM5x51zVp1t6FZm%2BI1lw%3D%3D%0A-----END%20CERTIFICATE-----%0A'
const nginxThumbprint = 'EOfpaUMx9MEp4sLT2G5ZpEQhdz6KP9gHoLPrpp09_4E'

describe('parseEscapedPem', () => {
  it('gives the certificate', () => {
    expect(hex(parseEscapedPem(field, 'X-SSL-Client-Cert').der)).toBe(hex(certificateDer))
  })

  it('says which field cannot be read', () => {
    expect(() => parseEscapedPem('', 'X-Cert')).toThrow(
      /: X-Cert is not one certificate in percent-encoded PEM, as \$ssl_client_escaped_cert of nginx is$/,
    )
    expect(verdict(() => parseEscapedPem('%ff', 'X-Cert'))).toBe('certificate_missing')
  })
})

describe('decodeEscapedPem', () => {
  it('reads what nginx writes', () => {
    const der = decodeEscapedPem(nginxField) ?? new Uint8Array()
    expect(createHash('sha256').update(der).digest('base64url')).toBe(nginxThumbprint)
  })

  it.each([
    ['without a line break at its end', encodeURIComponent(certificatePem.trim())],
    ['with line breaks of the other kind', encodeURIComponent(certificatePem.replaceAll('\n', '\r\n'))],
    ['in lower-case hexadecimal', field.replaceAll(/%../g, (code) => code.toLowerCase())],
    ['whose base64 is not encoded', certificatePem.replaceAll('\n', '%0A').replaceAll(' ', '%20')],
    ['in one line', encodeURIComponent(certificatePem.replaceAll(/(?<!-)\n/g, '').replace('-----END', '\n-----END'))],
  ])('reads a certificate %s', (_, text) => {
    expect(hex(decodeEscapedPem(text))).toBe(hex(certificateDer))
  })

  it.each([
    ['twice', `${field}, ${field}`],
    ['twice in one value', encodeURIComponent(certificatePem + certificatePem)],
    ['behind another block', encodeURIComponent(`-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n${certificatePem}`)],
    ['behind a text', encodeURIComponent(`subject=john\n${certificatePem}`)],
    ['in front of a text', encodeURIComponent(`${certificatePem}x`)],
    ['in front of a space', `${field}%20`],
    ['in front of a second line break', `${field}%0A`],
    ['with spaces as they are', field.replaceAll('%20', ' ')],
    ['behind a line break', encodeURIComponent(`\n${certificatePem}`)],
    ['with an attribute', encodeURIComponent(certificatePem.replace('-----\n', '-----\nProc-Type: 4\n\n'))],
    ['that is not encoded', certificatePem],
    ['that is folded', certificatePem.replaceAll('\n', ' ')],
    ['that is encoded twice', encodeURIComponent(field)],
    ['whose + have become spaces', encodeURIComponent(certificatePem.replaceAll(/[+/]/g, ' ').replace('A', ' '))],
    ['with a space as +', field.replaceAll('%20', '+')],
    ['with a broken escape', field.replace('%0A', '%0')],
    ['with an escape that is not hexadecimal', field.replace('%0A', '%0G')],
    ['with an escape above ASCII', field.replace('%0A', '%C4%8A')],
    ['with a null', field.replace('%0A', '%00%0A')],
    ['of OpenSSL with its trust settings', field.replaceAll('CERTIFICATE', 'TRUSTED%20CERTIFICATE')],
    ['whose ends have other names', field.replace('END%20CERTIFICATE', 'END%20X509%20CRL')],
    ['that does not end', field.slice(0, -30)],
    ['that is empty', encodeURIComponent('-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n')],
    ['that is no certificate', encodeURIComponent('-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n')],
  ])('does not read a certificate %s', (_, text) => {
    expect(decodeEscapedPem(text)).toBe(undefined)
  })
})
