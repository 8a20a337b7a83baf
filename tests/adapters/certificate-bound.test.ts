import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSelfSignedCertificate, type SelfSignedCertificate } from '../oidc-provider/self-signed-certificate.js'
import { hosts } from './hosts.js'
import { bearer, send } from './raw-request.js'
import { type ServedApi, serveApi } from './served-api.js'

const challenge =
  'Bearer realm="orders-api", error="invalid_token", error_description="The access token is invalid or has expired.", ' +
  'resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"'

describe.each(hosts.map((host) => [host.name, host] as const))('certificate-bound tokens on %s', (_name, host) => {
  const john = createSelfSignedCertificate('john')
  const mallory = createSelfSignedCertificate('mallory')

  function boundToken(api: ServedApi): Promise<string> {
    return api.issuer.accessToken({ cnf: { 'x5t#S256': createHash('sha256').update(john.der).digest('base64url') } })
  }

  describe('where TLS ends in the process', () => {
    let api: ServedApi
    let port: number

    beforeAll(async () => {
      api = await serveApi(host, { senderConstraint: { mtls: { from: 'connection' } } })
      const { certificatePem: cert, privateKeyPem: key } = createSelfSignedCertificate('api.example.com')
      port = await api.host.listenTls({ key, cert, requestCert: true, rejectUnauthorized: false })
    })
    afterAll(() => api.close())

    async function answerTo(client: SelfSignedCertificate | undefined) {
      const tls = client === undefined ? {} : { key: client.privateKeyPem, cert: client.certificatePem }
      const { status, headers } = await send({ port, path: '/me', fields: bearer(await boundToken(api)), tls })
      return [status, headers['www-authenticate']]
    }

    test('are accepted from the client that has the certificate', async () => {
      expect(await answerTo(john)).toEqual([200, undefined])
    })

    test('are refused from another client, and from one without a certificate', async () => {
      expect(await answerTo(mallory)).toEqual([401, challenge])
      expect(api.events.at(-1)).toMatchObject({ reason: expect.stringMatching(/^certificate_mismatch: /) })
      expect(await answerTo(undefined)).toEqual([401, challenge])
      expect(api.events.at(-1)).toMatchObject({ reason: expect.stringMatching(/^certificate_missing: /) })
    })

    test('are refused where there is no TLS', async () => {
      const response = await api.request('/me', { fields: bearer(await boundToken(api)) })
      expect([response.status, response.headers['www-authenticate']]).toEqual([401, challenge])
    })

    test('are named in the metadata', async () => {
      const { body } = await api.request('/.well-known/oauth-protected-resource')
      expect(JSON.parse(body)).toMatchObject({ tls_client_certificate_bound_access_tokens: true })
    })
  })

  test.each([
    ['believed', '127.0.0.1', 200],
    ['not believed', '10.0.0.1', 401],
  ])('are %s in what a proxy forwards, by the address of who is connected', async (_, trusted, status) => {
    const api = await serveApi(host, { senderConstraint: { mtls: { from: 'client-cert', trustedProxies: [trusted] } } })
    const clientCert = `:${john.der.toString('base64')}:`
    const fields = [...bearer(await boundToken(api)), ['client-cert', clientCert] as const]
    const response = await api.request('/me', { fields })
    await api.close()
    expect(response.status).toBe(status)
  })
})
