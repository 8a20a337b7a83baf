import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import type { TestCertificate } from '../../../test/client-certificates.js'
import { createIssuerHost } from '../../create-issuer-host.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const subject = [
  ['O', 'Example'],
  ['CN', 'job'],
] as const
const [own, renewed, other] = await Promise.all([
  createTestCertificate({ subject, alternativeNames: [{ dns: 'job.example.com' }] }),
  createTestCertificate({ subject }),
  createTestCertificate({ subject: [['CN', 'other']] }),
])
const issuer = await createMockIssuer({
  clients: [
    { clientId: 'dn', tokenEndpointAuthMethod: 'tls_client_auth', tlsClientIdentity: { subjectDn: 'CN=job,O=Example' } },
    { clientId: 'dns', tokenEndpointAuthMethod: 'tls_client_auth', tlsClientIdentity: { sanDns: 'job.example.com' } },
    { clientId: 'self', tokenEndpointAuthMethod: 'self_signed_tls_client_auth', jwks: { keys: [{ kty: 'EC' }, own.jwk] } },
    { clientId: 'public' },
  ],
})

async function ask(clientId: string, certificate?: TestCertificate, chainTrusted = true, headers: Record<string, string> = {}) {
  const response = await issuer.fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId }),
    ...(certificate && { clientCertificate: { pem: certificate.cert, chainTrusted } }),
  })
  return { status: response.status, body: await response.json() }
}

test('takes a certificate of a trusted authority, by the subject that is registered', async () => {
  expect((await ask('dn', own)).status).toBe(200)
  expect((await ask('dn', renewed)).status).toBe(200)
  expect((await ask('dns', own)).status).toBe(200)
})

test('takes a certificate that is registered itself, whoever signed it', async () => {
  expect((await ask('self', own)).status).toBe(200)
  expect((await ask('self', own, false)).status).toBe(200)
})

test.each<[string, string, TestCertificate | undefined, boolean, string]>([
  ['no certificate', 'dn', undefined, true, 'the connection has none'],
  ['a certificate of another subject', 'dn', other, true, 'not of the subject'],
  ['a certificate that makes itself out to be of the subject', 'dn', own, false, 'trusted authority'],
  ['a certificate without the alternative name', 'dns', renewed, true, 'not of the subject'],
  ['no registered certificate', 'self', undefined, true, 'the connection has none'],
  ['another certificate of the same subject', 'self', renewed, true, 'not registered'],
  ['another certificate', 'self', other, false, 'not registered'],
])('answers invalid_client to %s', async (_, clientId, certificate, chainTrusted, reason) => {
  const { status, body } = await ask(clientId, certificate, chainTrusted)

  expect(status).toBe(401)
  expect(body).toEqual({ error: 'invalid_client', error_description: expect.stringContaining(reason) })
})

test('believes no header about a certificate', async () => {
  const pem = encodeURIComponent(own.cert)
  const headers = { 'x-client-cert': pem, 'client-cert': `:${pem}:`, 'x-forwarded-client-cert': pem, 'x-ssl-cert': pem }

  expect((await ask('dn', undefined, true, headers)).status).toBe(401)
})

test('does not make a public client confidential by a certificate', async () => {
  expect((await ask('public', own)).body).toMatchObject({ error: 'unauthorized_client' })
})

test('refuses a clientCertificate that is none', async () => {
  const asked = issuer.fetch(`${issuer.issuer}/jwks`, { clientCertificate: 'CN=job' })

  await expect(asked).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringContaining('"clientCertificate"') })
})

test('tells the clients of an issuer that is one of many', async () => {
  const host = await createIssuerHost({
    issuers: {
      orders: { clients: [{ clientId: 'self', tokenEndpointAuthMethod: 'self_signed_tls_client_auth', jwks: { keys: [own.jwk] } }] },
    },
  })
  const askHost = async (clientCertificate: string) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'self' })
    return (await host.fetch(`${host.issuer('orders')?.issuer}/token`, { method: 'POST', body, clientCertificate })).status
  }

  expect(await askHost(own.cert)).toBe(200)
  expect(await askHost(other.cert)).toBe(401)
})
