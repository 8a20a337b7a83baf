import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClient } from '../../src/create-client.js'
import { comeBack, createLoginStage } from '../login-attempt.js'

/** BASE64URL(SHA256(ASCII(code_verifier))), by other means than the client's. */
const challengeOf = (verifier: string) => createHash('sha256').update(verifier, 'ascii').digest('base64url')

test('the challenge is made of the verifier as in the example of appendix B', async () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  const { client } = await createLoginStage({ client: { pushedAuthorizationRequests: 'never' } })
  const { url, transaction } = await client.startLogin()
  const { codeVerifier } = JSON.parse(transaction) as { codeVerifier: string }
  expect(new URL(url).searchParams.get('code_challenge')).toBe(challengeOf(codeVerifier))
})

test('the token request has the verifier of its own attempt', async () => {
  const { issuer } = await createLoginStage()
  const sent: URLSearchParams[] = []
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    redirectUri: 'https://app.example.com/callback',
    now: issuer.clock.now,
    async fetch(url, init) {
      if (url.endsWith('/token')) sent.push(new URLSearchParams(await new Response(init.body ?? null).text()))
      return issuer.fetch(url, init)
    },
  })
  for (let login = 0; login < 2; login++) {
    const { url, transaction } = await client.startLogin()
    await client.completeLogin({ callback: await comeBack(issuer, url), transaction })
    const { codeVerifier, redirectUri } = JSON.parse(transaction) as Record<string, string>
    expect(Object.fromEntries(sent[login] ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'app',
      code_verifier: codeVerifier,
      redirect_uri: redirectUri,
    })
  }
})

test('a server that says nothing of PKCE gets the challenge too', async () => {
  const issuer = 'https://login.example.com'
  const { client } = await createLoginStage({
    client: { issuer, metadata: { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` } },
  })
  const query = new URL((await client.startLogin()).url).searchParams
  expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(query.get('code_challenge_method')).toBe('S256')
})
