import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.js'
import { TokenSet } from '../token-set.js'

async function createService(metadata?: (issuer: string) => { issuer: string }) {
  const issuer = await createMockIssuer()
  const revoked: Record<string, string>[] = []
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_post', clientSecret: 'service-secret' },
    fetch: (url, init) => {
      if (url.endsWith('/revoke')) revoked.push(Object.fromEntries(new URLSearchParams(init.body as string)))
      return issuer.fetch(url, init)
    },
    now: issuer.clock.now,
    ...(metadata && { metadata: metadata(issuer.issuer) }),
  })
  const setOf = (changes: Partial<TokenSet>) =>
    new TokenSet({
      issuer: issuer.issuer,
      clientId: 'service',
      accessToken: 'an access token',
      tokenType: 'Bearer',
      receivedAt: 0,
      ...changes,
    }) as TokenSet<never>
  return { issuer, client, revoked, setOf }
}

test('ends the access token of a machine', async () => {
  const { issuer, client, revoked } = await createService()
  const tokens = await client.clientCredentials()
  const isActive = async () => {
    const answer = await issuer.fetch(`${issuer.issuer}/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'service', client_secret: 'service-secret', token: tokens.accessToken }),
    })
    return ((await answer.json()) as { active: boolean }).active
  }
  expect(await isActive()).toBe(true)
  await client.revoke(tokens)
  expect(await isActive()).toBe(false)
  expect(revoked).toMatchObject([{ token: tokens.accessToken, token_type_hint: 'access_token', client_id: 'service' }])
})

test('takes the refresh token where there is one, since all else ends with it', async () => {
  const { client, revoked, setOf } = await createService()
  await client.revoke(setOf({ refreshToken: 'a refresh token' }))
  expect(revoked).toMatchObject([{ token: 'a refresh token', token_type_hint: 'refresh_token' }])
})

test('is content when the server does not know the token', async () => {
  const { client, setOf } = await createService()
  await expect(client.revoke(setOf({}))).resolves.toBe(undefined)
})

test('says of an outage that it is one', async () => {
  const { issuer, client, setOf } = await createService()
  issuer.faults.add({ endpoint: 'revocation', kind: 'status', status: 503, retryAfterSeconds: 30 })
  await expect(client.revoke(setOf({}))).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 30 })
})

test('passes on what the server refuses', async () => {
  const { issuer, client, setOf } = await createService()
  const foreign = await issuer.accessToken({ client_id: 'app' })
  await expect(client.revoke(setOf({ accessToken: foreign }))).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_grant' },
  })
})

test('says so when the server cannot revoke', async () => {
  const { client, setOf } = await createService((issuer) => ({ issuer, token_endpoint: `${issuer}/token` }))
  await expect(client.revoke(setOf({}))).rejects.toMatchObject({ code: 'not_supported' })
})

test.each([{ issuer: 'https://login.example.com' }, { clientId: 'app' }])('sends no server the tokens of another: %o', async (changes) => {
  const { client, revoked, setOf } = await createService()
  await expect(client.revoke(setOf(changes))).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(revoked).toEqual([])
})

test('ends when its caller does', async () => {
  const { client, setOf } = await createService()
  await expect(client.revoke(setOf({}), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
})
