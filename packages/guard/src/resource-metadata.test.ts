import { describe, expect, test } from 'vitest'
import { requestFor, verifierOf } from '../test/verifiers.js'
import { defineContract } from './contract.js'
import { resourceMetadataUrl } from './resource-metadata.js'
import { createResourceServer } from './resource-server.js'

const contract = defineContract({ audience: 'orders-api', scopes: { read: {}, write: {}, 'payment:*': {} } })
const verifier = verifierOf({})

describe('metadata', () => {
  const server = createResourceServer({ verifier, contract, resource: 'https://api.example.com/orders', resourceName: 'Orders' })

  test('is the document of RFC 9728, without prefix scopes', () => {
    expect(server.metadata()).toEqual({
      resource: 'https://api.example.com/orders',
      authorization_servers: ['https://login.example.com'],
      scopes_supported: ['read', 'write'],
      bearer_methods_supported: ['header'],
      resource_name: 'Orders',
    })
  })

  test('is the same frozen document each time', () => {
    expect(server.metadata()).toBe(server.metadata())
    expect(Object.isFrozen(server.metadata()?.scopes_supported)).toBe(true)
  })

  test('leaves out what is not known, and lists the query where tokens are taken from it', () => {
    const { verify } = verifier
    const bare = createResourceServer({
      verifier: { verify },
      contract: defineContract({ audience: 'a', scopes: {} }),
      resource: 'https://api.example.com',
      tokenFrom: { query: true },
    })
    expect(bare.metadata()).toEqual({ resource: 'https://api.example.com', bearer_methods_supported: ['header', 'query'] })
  })

  test.each([
    [{ required: false, mtls: true }, { tls_client_certificate_bound_access_tokens: true }],
    [{ required: false, mtls: false, dpop: { algorithms: ['ES256', 'EdDSA'] } }, { dpop_signing_alg_values_supported: ['ES256', 'EdDSA'] }],
    [
      { required: true, mtls: false, dpop: { algorithms: ['ES256'] } },
      { dpop_signing_alg_values_supported: ['ES256'], dpop_bound_access_tokens_required: true },
    ],
    [
      { required: true, mtls: true, dpop: { algorithms: ['ES256'] } },
      { dpop_signing_alg_values_supported: ['ES256'], tls_client_certificate_bound_access_tokens: true },
    ],
  ])('says how tokens may, or must, be bound to their senders: %j', (senderConstraint, members) => {
    const { verify } = verifier
    const bound = createResourceServer({ verifier: { verify, senderConstraint }, contract, resource: 'https://api.example.com' })
    expect(bound.metadata()).toEqual({
      resource: 'https://api.example.com',
      scopes_supported: ['read', 'write'],
      bearer_methods_supported: ['header'],
      ...members,
    })
  })

  test('is led to by every challenge, whatever the host of the request', async () => {
    const url = 'https://evil.example.net/accounts/42'
    expect(await server.authenticate(requestFor(undefined, url))).toMatchObject({
      headers: {
        'WWW-Authenticate':
          'Bearer realm="orders-api", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/orders"',
      },
    })
    expect(server.metadataUrl).toBe('https://api.example.com/.well-known/oauth-protected-resource/orders')
  })

  test('is off without a resource', async () => {
    const silent = createResourceServer({ verifier, contract })
    expect(silent.metadata()).toBeUndefined()
    expect(silent.metadataUrl).toBeUndefined()
    expect(await silent.authenticate(requestFor())).toMatchObject({ headers: { 'WWW-Authenticate': 'Bearer realm="orders-api"' } })
  })
})

describe('resourceMetadataUrl', () => {
  test.each([
    ['https://api.example.com', 'https://api.example.com/.well-known/oauth-protected-resource'],
    ['https://api.example.com/', 'https://api.example.com/.well-known/oauth-protected-resource'],
    ['https://api.example.com/a/b/', 'https://api.example.com/.well-known/oauth-protected-resource/a/b/'],
    ['https://api.example.com/a?tenant=1', 'https://api.example.com/.well-known/oauth-protected-resource/a?tenant=1'],
    ['http://localhost:3000', 'http://localhost:3000/.well-known/oauth-protected-resource'],
  ])('puts the well-known path between host and path of %s', (resource, url) => {
    expect(resourceMetadataUrl(resource)).toBe(url)
  })
})
