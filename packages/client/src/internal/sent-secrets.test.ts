import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { inspect } from 'node:util'
import { ClientError } from '../client-error.js'
import { createClient } from '../create-client.js'
import { hideSecrets, rememberSecrets } from './sent-secrets.js'

const refreshToken = 'rt-8d1f4c2b9a7e6053'

function answered(form: Record<string, string>, headers: Record<string, string> = {}): Response {
  const response = new Response(null, { status: 400 })
  rememberSecrets(response, { headers, body: new URLSearchParams(form).toString() })
  return response
}

test.each([
  'refresh_token',
  'code',
  'code_verifier',
  'device_code',
  'assertion',
  'client_assertion',
  'client_secret',
  'subject_token',
  'actor_token',
  'token',
])('hides the %s that was sent, wherever a server repeats it', (name) => {
  const response = answered({ grant_type: 'any', client_id: 'shop-app-1', [name]: refreshToken })
  expect(hideSecrets(`${refreshToken} is not good: "${refreshToken}", shop-app-1`, response)).toBe(
    '[hidden] is not good: "[hidden]", shop-app-1',
  )
})

test('hides a part of a secret', () => {
  const response = answered({ refresh_token: refreshToken })
  expect(hideSecrets('no such token: rt-8d1f4c2b...', response)).toBe('no such token: [hidden]')
  expect(hideSecrets('ends with 9a7e6053.', response)).toBe('ends with [hidden]')
})

test('hides a part of each, where several were sent', () => {
  const response = answered({ subject_token: refreshToken, actor_token: 'at-0f3e5d7c9b1a2846' })
  expect(hideSecrets('neither rt-8d1f4c2b nor at-0f3e5d7c', response)).toBe('neither [hidden] nor [hidden]')
})

test('hides a secret of four characters as a whole, and takes less for no secret', () => {
  const withSecret = (secret: string) => answered({}, { authorization: `Basic ${btoa(`shop:${secret}`)}` })
  expect(hideSecrets('shop has pa55', withSecret('pa55'))).toBe('shop has [hidden]')
  expect(hideSecrets('shop has pa5', withSecret('pa5'))).toBe('shop has pa5')
})

test('hides a secret in the encodings that a server may have left it in', () => {
  const response = answered({ client_secret: 'sec/ret+of=shop' })
  for (const text of ['sec/ret+of=shop', 'sec%2Fret%2Bof%3Dshop', encodeURIComponent('sec/ret+of=shop')]) {
    expect(hideSecrets(`bad: ${text}`, response)).toBe('bad: [hidden]')
  }
})

test('hides what was in the Authorization header', () => {
  const basic = btoa('shop:sec%2Fret-of-shop')
  const response = answered({}, { authorization: `Basic ${basic}` })
  expect(hideSecrets(`Basic ${basic} or sec/ret-of-shop or sec%2Fret-of-shop`, response)).toBe('Basic [hidden] or [hidden] or [hidden]')
  expect(hideSecrets(`no ${refreshToken}`, answered({}, { authorization: `Bearer ${refreshToken}` }))).toBe('no [hidden]')
})

test('leaves words alone, and answers of which nothing is known', () => {
  expect(hideSecrets('The refresh token is expired.', answered({ refresh_token: refreshToken }))).toBe('The refresh token is expired.')
  expect(hideSecrets('as it is', new Response())).toBe('as it is')
})

test('an error shows nothing that was sent: not in its message, its description or its causes', async () => {
  const issuer = await createMockIssuer()
  const secret = 'service-secret-that-was-guessed'
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: secret },
    now: issuer.clock.now,
    async fetch(url, init) {
      if (!url.endsWith('/token')) return issuer.fetch(url, init)
      const form = new URLSearchParams(typeof init.body === 'string' ? init.body : '')
      const error = form.has('refresh_token') ? 'invalid_grant' : 'invalid_request'
      return Response.json({ error, error_description: `${form} with ${new Headers(init.headers).get('authorization')}` }, { status: 400 })
    },
  })
  const kept = { issuer: issuer.issuer, clientId: 'service', accessToken: 'a', tokenType: 'Bearer', receivedAt: 1, refreshToken }
  const tokens = await client.parseTokenSet(JSON.stringify(kept))
  const asked = [
    client.refresh(tokens),
    client.jwtBearer('assertion-that-is-secret'),
    client.exchange({ subjectToken: 'subject-token-of-john' }),
  ]
  for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
    expect(reason).toBeInstanceOf(ClientError)
    expect(reason.oauthError.description).toContain('[hidden]')
    const shown = inspect(reason, { depth: 10 })
    for (const hidden of [refreshToken, 'assertion-that-is-secret', 'subject-token-of-john', secret, btoa(`service:${secret}`)]) {
      expect(shown).not.toContain(hidden)
    }
  }
})
