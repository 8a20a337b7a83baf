import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { createServerCertificate } from './server-certificate.js'

test('makes a certificate that OpenSSL reads as it was meant', async () => {
  const certificate = await createTestCertificate({
    subject: [
      ['C', 'US'],
      ['O', 'Example, Inc.'],
      ['CN', 'Zürich + "job"'],
    ],
    alternativeNames: [
      { dns: 'job.example.com' },
      { ip: Uint8Array.of(127, 0, 0, 1) },
      { uri: 'https://example.com/job' },
      { email: 'job@example.com' },
    ],
    notAfter: new Date(Date.UTC(2051, 5, 1)),
  })
  const read = new X509Certificate(certificate.cert)

  expect(read.subject.split('\n')).toEqual(['C=US', String.raw`O=Example\, Inc.`, String.raw`CN=Zürich \+ \"job\"`])
  expect(read.subjectAltName).toBe('DNS:job.example.com, IP Address:127.0.0.1, URI:https://example.com/job, email:job@example.com')
  expect(new Date(read.validFrom)).toEqual(new Date(Date.UTC(2026, 0, 1)))
  expect(new Date(read.validTo)).toEqual(new Date(Date.UTC(2051, 5, 1)))
  expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
  expect(read.ca).toBe(false)
  expect(read.verify(certificate.publicKey)).toBe(true)
})

test('makes an authority, and what it signs', async () => {
  const authority = await createTestCertificate({ subject: [['CN', 'authority']], use: 'authority' })
  const client = await createTestCertificate({ subject: [['CN', 'client']], issuer: authority })
  const [issuer, subject] = [new X509Certificate(authority.cert), new X509Certificate(client.cert)]

  expect(issuer.ca).toBe(true)
  expect(subject.checkIssued(issuer)).toBe(true)
  expect(subject.verify(issuer.publicKey)).toBe(true)
  expect(subject.verify(client.publicKey)).toBe(false)
  expect(subject.serialNumber).not.toBe(issuer.serialNumber)
})

test.each([
  ['127.0.0.1', 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:127.0.0.1'],
  ['192.0.2.7', 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:192.0.2.7'],
  ['2001:db8::ff', 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:0:0:FF'],
  ['issuer.example.com', 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:issuer.example.com'],
  ['localhost', 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1'],
])('makes a server certificate for this machine and for %s', async (host, names) => {
  const { cert, authority } = await createServerCertificate(host)
  const [read, issuer] = [new X509Certificate(cert), new X509Certificate(authority)]

  expect(read.subjectAltName).toBe(names)
  expect(read.checkIssued(issuer)).toBe(true)
  expect(read.verify(issuer.publicKey)).toBe(true)
  expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
})
