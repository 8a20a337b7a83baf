import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { authorizationUrl } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] }, orders_write: {} } }
const service = { authorization: `Basic ${btoa('service:service-secret')}` }

async function token(issuer: MockIssuer, form: Record<string, string>, headers: Record<string, string> = {}) {
  await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(form) })
  return issuer.requests.at(-1)
}

test('logs the code and the description that the client was told, and what would mend it', async () => {
  const issuer = await createMockIssuer({ contract })
  const logged = await token(issuer, { grant_type: 'client_credentials', scope: 'orders_rite' }, service)

  expect(logged).toMatchObject({
    status: 400,
    refusal: {
      error: 'invalid_scope',
      description: "There is no scope 'orders_rite'.",
      advice:
        'Did you mean "orders_write"? The contract has orders_read, orders_write; add "orders_rite" to its scopes, or ask for one of these.',
    },
  })
})

test('advises of the scope that was refused, where the log has not room for all that were asked for', async () => {
  const scopes = Array.from({ length: 120 }, (_, index) => `scope_${index}`)
  const issuer = await createMockIssuer({ contract: { audience: 'a', scopes: Object.fromEntries(scopes.map((scope) => [scope, {}])) } })
  const logged = await token(issuer, { grant_type: 'client_credentials', scope: [...scopes, 'other'].join(' ') }, service)

  expect(logged?.refusal?.description).toBe("There is no scope 'other'.")
  expect(logged?.refusal?.advice).toMatch(/ and 108 more; add "other" to its scopes, or ask for one of these\.$/)
})

test('advises of the scope within a request object, and not of one beside it, which does not count', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const redirectUris = ['https://app.example.com/callback']
  const clients = [{ clientId: 'app', redirectUris, scopes: ['orders_read'], jwks: { keys: [await exportJWK(publicKey)] } }]
  const issuer = await createMockIssuer({ contract, clients })
  const parameters = Object.fromEntries(authorizationUrl(issuer, { redirect_uri: redirectUris[0], scope: 'orders_reed' }).searchParams)
  const request = await new SignJWT({ ...parameters, iss: 'app', aud: issuer.issuer })
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime('1 minute')
    .sign(privateKey)
  await issuer.fetch(`${issuer.issuer}/authorize?${new URLSearchParams({ client_id: 'app', request, scope: 'orders_write' }).toString()}`)

  expect(issuer.requests[0]?.refusal?.advice).toMatch(/^Did you mean "orders_read"\? /)
})

test('advises of the claims that a client lacks for a token of its own, and of nothing else about its scopes', async () => {
  const issuer = await createMockIssuer({ contract })
  const breach = await token(issuer, { grant_type: 'client_credentials', scope: 'orders_read' }, service)
  const aboutUser = await token(issuer, { grant_type: 'client_credentials', scope: 'openid orders_read' }, service)

  expect(breach?.refusal?.advice).toBe('Give the client "service" the claim account_nr, in its "claims".')
  expect(aboutUser?.refusal).toMatchObject({ description: "The scope 'openid' is about a user, and there is none.", advice: undefined })
})

test('logs the reason of an error page and of an error that the client is sent by a redirect', async () => {
  const issuer = await createMockIssuer({ contract })
  await issuer.fetch(authorizationUrl(issuer, { client_id: 'ap', scope: 'openid' }))
  await issuer.fetch(authorizationUrl(issuer, { response_type: 'token', scope: 'openid' }))

  expect(issuer.requests.map(({ status, refusal }) => [status, refusal?.error, refusal?.description])).toEqual([
    [400, 'invalid_request', 'No client is registered with this client_id.'],
    [303, 'unsupported_response_type', 'The only response_type is code.'],
  ])
})

test('logs no reason for what was not refused', async () => {
  const issuer = await createMockIssuer()
  const logged = await token(issuer, { grant_type: 'client_credentials' }, service)

  expect([logged?.status, logged?.refusal]).toEqual([200, undefined])
})

test('logs the reason of a request to userinfo', async () => {
  const issuer = await createMockIssuer()
  await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization: 'Bearer secret-token' } })

  expect(issuer.requests[0]?.refusal).toMatchObject({ error: 'invalid_token' })
  expect(JSON.stringify(issuer.requests)).not.toContain('secret-token')
})

test('keeps at most 1,024 characters of a description', async () => {
  const issuer = await createMockIssuer({ contract })
  const logged = await token(issuer, { grant_type: 'client_credentials', scope: 'x'.repeat(5_000) }, service)

  expect(logged?.refusal?.description).toHaveLength(1_024)
  expect(logged?.refusal?.advice?.length).toBeLessThan(1_025)
})

test('says of a request that a fault resets, or that its client gives up, that it was cut off', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add({ endpoint: 'jwks', kind: 'reset', times: 1 })
  await expect(issuer.fetch(`${issuer.issuer}/jwks`)).rejects.toThrow('fetch failed')
  issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
  const giveUp = new AbortController()
  const hung = issuer.fetch(`${issuer.issuer}/jwks`, { signal: giveUp.signal })
  await issuer.waitForRequest({ fault: 'hang' })
  expect(issuer.requests[1]).toMatchObject({ status: undefined, cutOff: undefined })
  giveUp.abort()
  await expect(hung).rejects.toThrow('aborted')

  expect(issuer.requests.map(({ status, cutOff }) => [status, cutOff])).toEqual([
    [undefined, true],
    [undefined, true],
  ])
})

test('says of a request over a socket, whose client went away while it hung, that it was cut off', async () => {
  const issuer = await createMockIssuer()
  const server = await issuer.listen()
  issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
  const giveUp = new AbortController()
  const hung = fetch(`${server.url}/jwks`, { signal: giveUp.signal })
  await issuer.waitForRequest({ fault: 'hang' })
  giveUp.abort()
  await expect(hung).rejects.toThrow('aborted')

  expect(await issuer.waitForRequest({ cutOff: true })).toMatchObject({ endpoint: 'jwks', status: undefined })
  await server.close()
})

test('advises a client that does no PKCE of the laxity for it, in the log alone', async () => {
  const issuer = await createMockIssuer()
  const changes = { scope: 'openid', code_challenge: undefined, code_challenge_method: undefined }
  const { headers } = await issuer.fetch(authorizationUrl(issuer, changes))

  expect(issuer.requests[0]?.refusal?.advice).toContain('the laxity "pkce-optional"')
  expect(headers.get('location')).not.toContain('pkce-optional')
})

test.each([
  [{ authorization: `Basic ${btoa('my-production-s3cret:service')}` }, {}, undefined],
  [{}, { client_id: 'my-production-s3cret', client_secret: 'service' }, 'my-production-s3cret'],
])(
  'keeps the secret of a client that takes it for its id out of the advice, and of Basic out of the log',
  async (headers, form, clientId) => {
    const issuer = await createMockIssuer()
    const logged = await token(issuer, { grant_type: 'client_credentials', ...form }, headers)

    expect(logged).toMatchObject({
      clientId,
      refusal: {
        description: 'No such client is registered.',
        advice: 'The clients are app, service; add the one that was sent to them, or use one of these.',
      },
    })
    expect(JSON.stringify(logged).includes('s3cret')).toBe(clientId !== undefined)
  },
)

test('advises of the client that Basic probably meant', async () => {
  const issuer = await createMockIssuer()
  const logged = await token(issuer, { grant_type: 'client_credentials' }, { authorization: `Basic ${btoa('servce:service-secret')}` })

  expect(logged?.refusal?.advice).toMatch(/^Did you mean "service"\? /)
})

test.each([
  ['http://localhost:3000/cb?code=one&state=two', 'http://localhost:3000/cb?…'],
  ['https://app.example.com/cb#access_token=one', 'https://app.example.com/cb#…'],
  ['https://john:one@app.example.com/cb', 'https://…@app.example.com/cb'],
])('logs of the redirect_uri %s no more than where it leads', async (uri, logged) => {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'app', redirectUris: ['https://app.example.com/callback'] }] })
  const url = authorizationUrl(issuer, { redirect_uri: uri })
  const page = await issuer.fetch(url)
  await issuer.fetch(`${issuer.issuer}/par`, { method: 'POST', body: url.searchParams })

  expect((await page.text()).replaceAll('&amp;', '&')).toContain(`add &quot;${uri}&quot; to the &quot;redirectUris&quot;`)
  const advice = `Send one of the registered ones, or add "${logged}" to the "redirectUris" of the client "app".`
  expect(issuer.requests.map(({ refusal }) => refusal?.advice)).toEqual([advice, advice])
})

test('advises of the client that was probably meant', async () => {
  const issuer = await createMockIssuer()
  const logged = await token(issuer, { grant_type: 'client_credentials', client_id: 'servce', client_secret: 'service-secret' })

  expect(logged?.refusal).toEqual({
    error: 'invalid_client',
    description: 'No such client is registered.',
    advice: 'Did you mean "service"? The clients are app, service; add "servce" to them, or use one of these.',
  })
})
