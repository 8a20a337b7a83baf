import { Agent, request } from 'node:https'
import type { AgentOptions } from 'node:https'
import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

/** Asks over a connection of its own, as a client that trusts and presents what the options say. */
function ask(url: string, tls: AgentOptions, form?: Record<string, string>): Promise<{ status: number | undefined; text: string }> {
  const agent = new Agent({ ...tls, keepAlive: false })
  return new Promise((resolve, reject) => {
    const headers = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const outgoing = request(url, { agent, headers, method: form === undefined ? 'GET' : 'POST' }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    outgoing.on('error', reject)
    outgoing.end(form === undefined ? undefined : new URLSearchParams(form).toString())
  })
}

const authority = await createTestCertificate({ subject: [['CN', 'authority']], use: 'authority' })
const subject = [['CN', 'job']] as const
const [job, impostor, expired] = await Promise.all([
  createTestCertificate({ subject, issuer: authority }),
  createTestCertificate({ subject }),
  createTestCertificate({ subject, issuer: authority, notAfter: new Date(Date.UTC(2026, 0, 2)) }),
])

test('names the issuer after its socket, and is trusted by its certificate alone', async () => {
  const issuer = await createMockIssuer()
  await using server = await issuer.listen({ https: true })

  expect(server.url).toBe(`https://127.0.0.1:${server.port}`)
  expect(issuer.issuer).toBe(server.url)
  const { status, text } = await ask(`${server.url}/.well-known/openid-configuration`, { ca: server.certificate })
  expect(status).toBe(200)
  expect(JSON.parse(text)).toMatchObject({ issuer: server.url, token_endpoint: `${server.url}/token` })
  expect((await ask(`https://localhost:${server.port}/jwks`, { ca: server.certificate })).status).toBe(200)
  await expect(ask(`${server.url}/jwks`, {})).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
})

test('speaks no HTTP on that socket, and has no certificate without HTTPS', async () => {
  const issuer = await createMockIssuer()
  const server = await issuer.listen({ https: true })
  await expect(fetch(`http://127.0.0.1:${server.port}/jwks`)).rejects.toThrow(TypeError)
  await server.close()

  await using plain = await (await createMockIssuer()).listen()
  expect(plain.certificate).toBe(undefined)
})

test('comes back with the certificate that it had', async () => {
  const issuer = await createMockIssuer()
  const first = await issuer.listen({ https: true })
  await first.close()
  await using second = await issuer.listen({ https: true })

  expect(second.url).toBe(first.url)
  expect(second.certificate).toBe(first.certificate)
})

test('takes a key and a certificate of its own', async () => {
  const own = await createTestCertificate({ subject: [['CN', 'own']], use: 'server', alternativeNames: [{ dns: 'localhost' }] })
  const issuer = await createMockIssuer()
  await using server = await issuer.listen({ host: 'localhost', https: { key: own.key, cert: own.cert } })

  expect(server.certificate).toBe(own.cert)
  expect((await ask(`${server.url}/jwks`, { ca: own.cert })).status).toBe(200)
})

test.each([
  ['a key alone', { key: authority.key }],
  ['a certificate alone', { cert: authority.cert }],
  ['authorities that nobody is asked for', { ca: authority.cert }],
  ['a key that is none', { key: 'key', cert: authority.cert }],
  ['a key of another certificate', { key: job.key, cert: authority.cert }],
])('refuses %s', async (_, https) => {
  const issuer = await createMockIssuer()

  await expect(issuer.listen({ https })).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringContaining('"https"') })
  await using server = await issuer.listen()
  expect(server.url).toMatch(/^http:/)
})

test('lets in who has no certificate, and who has one of no authority', async () => {
  const issuer = await createMockIssuer()
  await using server = await issuer.listen({ https: { requestClientCertificate: true, ca: authority.cert } })
  const { certificate: ca } = server

  expect((await ask(`${server.url}/jwks`, { ca })).status).toBe(200)
  expect((await ask(`${server.url}/jwks`, { ca, key: impostor.key, cert: impostor.cert })).status).toBe(200)
})

test('tells clients by the certificate of their connection', async () => {
  const issuer = await createMockIssuer({
    clients: [
      { clientId: 'job', tokenEndpointAuthMethod: 'tls_client_auth', tlsClientIdentity: { subjectDn: 'CN=job' } },
      { clientId: 'self', tokenEndpointAuthMethod: 'self_signed_tls_client_auth', jwks: { keys: [impostor.jwk] } },
    ],
  })
  await using server = await issuer.listen({ https: { requestClientCertificate: true, ca: [authority.cert] } })
  const ca = server.certificate
  const token = async (clientId: string, tls: AgentOptions = {}) =>
    (await ask(`${server.url}/token`, { ca, ...tls }, { grant_type: 'client_credentials', client_id: clientId })).status

  expect(await token('job', { key: job.key, cert: job.cert })).toBe(200)
  expect(await token('self', { key: impostor.key, cert: impostor.cert })).toBe(200)
  expect(await token('job')).toBe(401)
  expect(await token('job', { key: impostor.key, cert: impostor.cert })).toBe(401)
  expect(await token('job', { key: expired.key, cert: expired.cert })).toBe(401)
  expect(await token('self', { key: job.key, cert: job.cert })).toBe(401)
})

test('asks for no certificate unless told to', async () => {
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'self', tokenEndpointAuthMethod: 'self_signed_tls_client_auth', jwks: { keys: [impostor.jwk] } }],
  })
  await using server = await issuer.listen({ https: true })
  const tls = { ca: server.certificate, key: impostor.key, cert: impostor.cert }

  expect((await ask(`${server.url}/token`, tls, { grant_type: 'client_credentials', client_id: 'self' })).status).toBe(401)
})

test('offers what needs TLS in the metadata of an issuer that has it, and of no other', async () => {
  const metadata = async (name: string) => {
    const issuer = await createMockIssuer({ issuer: name })
    return (await issuer.fetch(`${name}/.well-known/openid-configuration`)).json()
  }
  const plain = await metadata('http://localhost')
  const secure = await metadata('https://login.example.com')
  const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt']

  expect(plain.token_endpoint_auth_methods_supported).toEqual(['none', ...methods])
  expect(plain.introspection_endpoint_auth_methods_supported).toEqual(methods)
  expect(Object.keys(plain)).not.toContain('tls_client_certificate_bound_access_tokens')
  const tls = ['tls_client_auth', 'self_signed_tls_client_auth']
  expect(secure.revocation_endpoint_auth_methods_supported).toEqual(['none', ...methods, ...tls])
  expect(secure.introspection_endpoint_auth_methods_supported).toEqual([...methods, ...tls])
  expect(secure).toMatchObject({
    tls_client_certificate_bound_access_tokens: true,
    dpop_signing_alg_values_supported: expect.arrayContaining(['ES256', 'EdDSA', 'RS256']),
    token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['ES256', 'HS256']),
    introspection_endpoint_auth_signing_alg_values_supported: expect.not.arrayContaining(['none']),
    revocation_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['PS256', 'HS512']),
  })
})
