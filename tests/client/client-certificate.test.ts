import { X509Certificate } from 'node:crypto'
import { createClient } from '@bailiwick/client'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createSelfSignedCertificate } from '../oidc-provider/self-signed-certificate.js'
import { createTlsFetch } from '../oidc-provider/tls-fetch.js'

test.each(['tls_client_auth', 'self_signed_tls_client_auth'] as const)(
  '%s over TLS: the certificate of the connection proves the client, and binds its tokens',
  async (method) => {
    const certificate = createSelfSignedCertificate('job')
    const server = createSelfSignedCertificate('127.0.0.1')
    const x5c = [certificate.der.toString('base64')]
    await using issuer = await createMockIssuer({
      clients: [
        {
          clientId: 'job',
          grantTypes: ['client_credentials'],
          tokenEndpointAuthMethod: method,
          tlsClientCertificateBoundAccessTokens: true,
          ...(method === 'tls_client_auth'
            ? { tlsClientIdentity: { subjectDn: 'CN=job' } }
            : { jwks: { keys: [{ ...certificate.publicKey.export({ format: 'jwk' }), kty: 'EC', x5c }] } }),
        },
      ],
    })
    await issuer.listen({
      https: {
        key: server.privateKeyPem,
        cert: server.certificatePem,
        requestClientCertificate: true,
        ca: [certificate.certificatePem],
      },
    })
    const ask = async (presented: typeof certificate | undefined) => {
      const tls = createTlsFetch({ server, client: presented })
      const client = createClient({ issuer: issuer.issuer, clientId: 'job', authentication: { method }, fetch: tls.fetch })
      try {
        return await client.clientCredentials()
      } finally {
        await tls.close()
      }
    }
    const { accessToken } = await ask(certificate)
    const thumbprint = Buffer.from(new X509Certificate(certificate.der).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
    expect(decodeJwt(accessToken)).toMatchObject({ sub: 'job', cnf: { 'x5t#S256': thumbprint } })
    for (const other of [undefined, createSelfSignedCertificate('job')]) {
      await expect(ask(other)).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_client' } })
    }
  },
)
