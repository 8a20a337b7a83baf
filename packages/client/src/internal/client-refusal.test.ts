import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import type { ClientAuthentication } from '../client-authentication.js'
import { ClientError } from '../client-error.js'
import { createClient } from '../create-client.js'
import { explainRefusedClient } from './client-refusal.js'

const refused = new ClientError('request_refused', 'The authorization server refuses: invalid_client.', {
  oauthError: { error: 'invalid_client', description: 'No such client.', status: 401 },
})
const endpoint = 'https://login.example.com/realms/shop/token?tenant=secret'

test.each<[ClientAuthentication, string]>([
  [{ method: 'client_secret_basic', clientSecret: 'never shown' }, 'authentication.clientSecret'],
  [{ method: 'client_secret_post', clientSecret: 'never shown' }, 'authentication.clientSecret'],
  [{ method: 'private_key_jwt', privateKey: { kty: 'EC', d: 'never shown' } }, 'authentication.privateKey'],
  [{ method: 'tls_client_auth' }, 'the certificate that fetch presents'],
])('says which client was refused, where, and what to look at: %j', (authentication, part) => {
  const error = explainRefusedClient(refused, { clientId: 'shop', authentication }, endpoint)
  expect(error).toMatchObject({
    code: 'request_refused',
    message:
      `The authorization server refuses: invalid_client. This was the client "shop" at /realms/shop/token, by ${authentication.method}: ` +
      `compare clientId, ${part} and authentication.method with what the server has registered.`,
    oauthError: { error: 'invalid_client', description: 'No such client.', status: 401 },
  })
})

test('of a client without a proof, says that the server may want one', () => {
  const error = explainRefusedClient(refused, { clientId: 'shop', authentication: { method: 'none' } }, endpoint)
  expect(error).toMatchObject({
    message: expect.stringContaining('by none: compare clientId and authentication.method with what the server has registered.'),
  })
})

test('leaves every other failure as it is', () => {
  const others = [
    new ClientError('request_refused', 'No.', { oauthError: { error: 'invalid_scope' } }),
    new ClientError('server_unavailable', 'It is down.'),
  ]
  for (const other of others) {
    expect(explainRefusedClient(other, { clientId: 'shop', authentication: { method: 'none' } }, endpoint)).toBe(other)
  }
})

test('names each endpoint that asks who the client is', async () => {
  const issuer = await createMockIssuer()
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'nobody',
    authentication: { method: 'client_secret_basic', clientSecret: 'guessed' },
    redirectUri: 'https://app.example.com/callback',
    fetch: issuer.fetch,
    now: issuer.clock.now,
  })
  const text = JSON.stringify({ issuer: issuer.issuer, clientId: 'nobody', accessToken: 'a', tokenType: 'Bearer', receivedAt: 1 })
  const tokens = await client.parseTokenSet(text)
  const messages = await Promise.all(
    [client.clientCredentials(), client.startLogin(), client.startDeviceLogin(), client.revoke(tokens)].map(async (asked) =>
      asked.then(
        () => 'nothing',
        (error: Error) => error.message,
      ),
    ),
  )
  const metadata = await client.metadata()
  const paths = [
    metadata.token_endpoint,
    metadata.pushed_authorization_request_endpoint,
    metadata.device_authorization_endpoint,
    metadata.revocation_endpoint,
  ].map((url) => new URL(url ?? '').pathname)
  for (const [index, path] of paths.entries()) {
    expect(messages[index]).toContain(`invalid_client`)
    expect(messages[index]).toContain(`the client "nobody" at ${path}, by client_secret_basic`)
    expect(messages[index]).not.toContain('guessed')
  }
})
