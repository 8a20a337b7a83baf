import { describe, expect, it } from 'vitest'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { verdict } from '../../../../test/verdict.js'
import { parseClientCert } from './client-cert.js'

const { certificateDer } = await createClientCertificate()
const base64 = Buffer.from(certificateDer).toString('base64')
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')

/** RFC 9440, appendix A: figure 2, without the line breaks that are there for display. */
const rfcExample =
  ':MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:'

describe('parseClientCert', () => {
  it('gives the certificate', () => {
    expect(hex(parseClientCert(`:${base64}:`).der)).toBe(hex(certificateDer))
    expect(hex(parseClientCert(`  :${base64}: `).der)).toBe(hex(certificateDer))
  })

  it('reads the example of RFC 9440', () => {
    expect(parseClientCert(rfcExample).der?.length).toBe(428)
  })

  it.each([
    ['twice', `:${base64}:, :${base64}:`],
    ['twice without a space', `:${base64}:,:${base64}:`],
    ['in front of an empty one', `:${base64}:, `],
    ['with a parameter', `:${base64}:;a=1`],
    ['with a parameter without a value', `:${base64}:;a`],
    ['without colons', base64],
    ['without the first colon', `${base64}:`],
    ['without the last colon', `:${base64}`],
    ['between double colons', `::${base64}::`],
    ['as a String', `"${base64}"`],
    ['in a folded field', `:${base64.slice(0, 64)} ${base64.slice(64)}:`],
    ['behind a tab', `\t:${base64}:`],
    ['as PEM', `-----BEGIN CERTIFICATE----- ${base64} -----END CERTIFICATE-----`],
    ['percent-encoded', `:${encodeURIComponent(base64)}:%3D`],
    ['in base64url', `:${base64.replaceAll('+', '-').replaceAll('/', '_')}-:`],
    ['that is empty', '::'],
    ['that is no certificate', ':aGVsbG8=:'],
  ])('refuses a certificate %s', (_, field) => {
    expect(verdict(() => parseClientCert(field))).toBe('certificate_missing')
  })
})
