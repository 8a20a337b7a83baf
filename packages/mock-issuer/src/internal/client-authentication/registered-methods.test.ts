import { expect, test } from 'vitest'
import { basic, post } from '../../../test/code-flow.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const clients: readonly IssuerClient[] = [
  { clientId: 'either', clientSecret: 's' },
  { clientId: 'basic', clientSecret: 's', tokenEndpointAuthMethod: 'client_secret_basic' },
  { clientId: 'post', clientSecret: 's', tokenEndpointAuthMethod: 'client_secret_post' },
  { clientId: 'keys', clientSecret: 's', tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [] } },
  { clientId: 'tls', clientSecret: 's', tokenEndpointAuthMethod: 'self_signed_tls_client_auth', jwks: { keys: [] } },
]

async function statuses(issuer: MockIssuer, clientId: string) {
  const ask = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    (await post(issuer, path, { grant_type: 'client_credentials', token: 'unknown', ...form }, headers)).status
  const both = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    Promise.all(['/token', '/introspect', '/revoke'].map((path) => ask(path, form, headers)))
  return {
    basic: await both({}, basic(clientId, 's')),
    post: await both({ client_id: clientId, client_secret: 's' }),
    none: await both({ client_id: clientId }),
  }
}

const [yes, no] = [
  [200, 200, 200],
  [401, 401, 401],
]

test.each([
  ['either', { basic: yes, post: yes, none: no }],
  ['basic', { basic: yes, post: no, none: no }],
  ['post', { basic: no, post: yes, none: no }],
  ['keys', { basic: no, post: no, none: no }],
  ['tls', { basic: no, post: no, none: no }],
])('lets the client %s use its own method at every endpoint, and no other', async (clientId, expected) => {
  expect(await statuses(await createMockIssuer({ clients }), clientId)).toEqual(expected)
})

test('checks no secret with client-secret-unchecked, and assertions and certificates all the same', async () => {
  const issuer = await createMockIssuer({ clients, lax: ['client-secret-unchecked'] })

  expect(await statuses(issuer, 'basic')).toEqual({ basic: yes, post: yes, none: yes })
  expect((await post(issuer, '/token', { grant_type: 'client_credentials' }, basic('either', 'wrong'))).status).toBe(200)
  expect(await statuses(issuer, 'keys')).toEqual({ basic: no, post: no, none: no })
  expect(await statuses(issuer, 'tls')).toEqual({ basic: no, post: no, none: no })
})

test.each<[string, Partial<IssuerClient>]>([
  ['a method that there is not', { tokenEndpointAuthMethod: JSON.parse('"client_secret"') }],
  ['a method of secrets without one', { tokenEndpointAuthMethod: 'client_secret_basic' }],
  ['a secret and none', { tokenEndpointAuthMethod: 'none', clientSecret: 's' }],
  ['a short secret for client_secret_jwt', { tokenEndpointAuthMethod: 'client_secret_jwt', clientSecret: 'x'.repeat(31) }],
  ['private_key_jwt without keys', { tokenEndpointAuthMethod: 'private_key_jwt' }],
  ['self_signed_tls_client_auth without keys', { tokenEndpointAuthMethod: 'self_signed_tls_client_auth' }],
  ['keys in two places', { jwks: { keys: [] }, jwksUri: 'https://example.com/jwks' }],
  ['a private key', { jwks: { keys: [{ kty: 'EC', d: 'x' }] } }],
  ['a symmetric key', { jwks: { keys: [{ kty: 'oct', k: 'x' }] } }],
  ['a jwksUri of another scheme', { jwksUri: 'file:///etc/jwks' }],
  ['a jwksUri with credentials', { jwksUri: 'https://john@example.com/jwks' }],
  ['tls_client_auth without an identity', { tokenEndpointAuthMethod: 'tls_client_auth' }],
  ['two identities', { tlsClientIdentity: { subjectDn: 'CN=a', sanDns: 'a' } }],
  ['an unknown identity', { tlsClientIdentity: JSON.parse('{"cn":"a"}') }],
  ['a malformed subjectDn', { tlsClientIdentity: { subjectDn: 'a' } }],
  ['a sanDns for many hosts', { tlsClientIdentity: { sanDns: '.example.com' } }],
  ['a sanIp that is no address', { tlsClientIdentity: { sanIp: 'localhost' } }],
  ['an empty sanUri', { tlsClientIdentity: { sanUri: '' } }],
])('refuses to register a client with %s', async (_, client) => {
  const made = createMockIssuer({ clients: [{ clientId: 'job', ...client }] })

  await expect(made).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringMatching(/^The option "clients\[0\]" .*"job"/) })
})
