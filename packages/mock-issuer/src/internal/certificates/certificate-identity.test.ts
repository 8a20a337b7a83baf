import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import type { TlsClientIdentity } from '../../tls-client-identity.js'
import { certificateIsOf } from './certificate-identity.js'
import { parsePemCertificate } from './pem.js'

const certificate = await createTestCertificate({
  subject: [
    ['C', 'US'],
    ['O', 'Example'],
    ['CN', 'job.example.com'],
  ],
  alternativeNames: [
    { dns: 'one.example.com' },
    { dns: '*.wild.example.com' },
    { ip: Uint8Array.of(192, 0, 2, 7) },
    { ip: Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1) },
    { uri: 'https://example.com/job?a=1,URI:https://example.com/other' },
    { uri: 'urn:example:job' },
    { email: 'job@example.com' },
  ],
})
const der = parsePemCertificate(certificate.cert) ?? new Uint8Array()

const own: readonly TlsClientIdentity[] = [
  { subjectDn: 'CN=job.example.com,O=Example,C=US' },
  { sanDns: 'one.example.com' },
  { sanDns: 'ONE.example.com' },
  { sanIp: '192.0.2.7' },
  { sanIp: '2001:db8::1' },
  { sanUri: 'urn:example:job' },
  { sanUri: 'https://example.com/job?a=1,URI:https://example.com/other' },
  { sanEmail: 'job@example.com' },
]
test.each(own)('knows the certificate by %j', async (identity) => {
  expect(await certificateIsOf(der, identity)).toBe(true)
})

const others: readonly TlsClientIdentity[] = [
  { subjectDn: 'CN=job.example.com' },
  { subjectDn: 'C=US,O=Example,CN=job.example.com' },
  { subjectDn: 'not a name' },
  { sanDns: 'job.example.com' },
  { sanDns: 'a.wild.example.com' },
  { sanDns: 'example.com' },
  { sanDns: 'two.one.example.com' },
  { sanIp: '192.0.2.8' },
  { sanIp: 'one.example.com' },
  { sanUri: 'https://example.com/other' },
  { sanUri: 'https://example.com/job' },
  { sanUri: 'one.example.com' },
  { sanEmail: 'JOB@example.com' },
  { sanEmail: 'job@example.org' },
]
test.each(others)('does not take the certificate for one of %j', async (identity) => {
  expect(await certificateIsOf(der, identity)).toBe(false)
})

test('takes no text for a certificate', async () => {
  expect(await certificateIsOf(new TextEncoder().encode('CN=job.example.com'), { subjectDn: 'CN=job.example.com' })).toBe(false)
  expect(parsePemCertificate('CN=job.example.com')).toBe(undefined)
  expect(parsePemCertificate('-----BEGIN CERTIFICATE-----\n=====\n-----END CERTIFICATE-----')).toBe(undefined)
})
