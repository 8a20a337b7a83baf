import { inspect } from 'node:util'
import type { MockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createLoginStage, requestsTo } from '../../../test/login-attempt.js'

type Claims = Record<string, unknown>
type TokenAnswer = Record<string, unknown> & { id_token: string }

/** Logs in, with the answer to the code changed on its way. */
async function logInWith(change: (answer: TokenAnswer, issuer: MockIssuer) => object | Promise<object>) {
  const stage = await createLoginStage({
    answer: async (url, answer, issuer) =>
      url.pathname.endsWith('/token') ? Response.json(await change((await answer.json()) as TokenAnswer, issuer)) : answer,
  })
  return stage.completed()
}

/** The genuine ID token with other claims, signed by the issuer. */
const claiming = (changes: Claims) => async (answer: TokenAnswer, issuer: MockIssuer) => {
  const payload: Claims = { ...decodeJwt<Claims>(answer.id_token), ...changes }
  return { ...answer, id_token: await issuer.sign({ header: { typ: 'JWT' }, payload }) }
}

const now = () => Math.floor(Date.now() / 1000)

test('the ID token that the tests below change is good as it is', async () => {
  expect((await logInWith(claiming({}))).kind).toBe('logged-in')
})

describe('an ID token is rejected, and none of the tokens are used', () => {
  test.each<[string, Claims]>([
    ['of another audience', { aud: 'other' }],
    ['of other audiences too, without azp', { aud: ['app', 'other'] }],
    ['for which another client is authorised', { aud: ['app', 'other'], azp: 'other' }],
    ['of another issuer', { iss: 'https://attacker.example.org' }],
    ['of another login', { nonce: 'a'.repeat(43) }],
    ['without nonce', { nonce: undefined }],
    ['that has expired', { exp: now() - 3600 }],
    ['that is not good yet', { nbf: now() + 3600 }],
    ['without expiry', { exp: undefined }],
    ['without sub', { sub: undefined }],
    ['without iat', { iat: undefined }],
  ])('%s', async (_what, changes) => {
    expect(await logInWith(claiming(changes))).toMatchObject({
      kind: 'rejected',
      reason: 'tokens_invalid',
      cause: { code: 'response_invalid' },
    })
  })

  test('that is not signed (alg none)', async () => {
    const outcome = await logInWith((answer) => ({ ...answer, id_token: new UnsecuredJWT(decodeJwt(answer.id_token)).encode() }))
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('that a foreign key has signed, under the key id of the issuer', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const outcome = await logInWith(async (answer, issuer) => {
      const [jwk] = (await issuer.jwks()).keys
      const header = { alg: 'ES256', ...(jwk?.kid !== undefined && { kid: jwk.kid }) }
      return { ...answer, id_token: await new SignJWT(decodeJwt(answer.id_token)).setProtectedHeader(header).sign(privateKey) }
    })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('that is signed with the public key as a secret (HS256)', async () => {
    const outcome = await logInWith(async (answer, issuer) => {
      const secret = new TextEncoder().encode(JSON.stringify(await issuer.jwks()))
      return { ...answer, id_token: await new SignJWT(decodeJwt(answer.id_token)).setProtectedHeader({ alg: 'HS256' }).sign(secret) }
    })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('whose payload was changed under its signature', async () => {
    const outcome = await logInWith((answer) => {
      const [header, , signature] = answer.id_token.split('.')
      const payload = Buffer.from(JSON.stringify({ ...decodeJwt(answer.id_token), sub: 'jane' })).toString('base64url')
      return { ...answer, id_token: `${header}.${payload}.${signature}` }
    })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('that did not come, though it was asked for', async () => {
    expect(await logInWith((answer) => ({ ...answer, id_token: undefined }))).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('whose claims do not fit the schema of the app, without naming what is in them', async () => {
    const { completed } = await createLoginStage({ client: { claims: z.object({ sub: z.literal('jane') }) as never } })
    const outcome = await completed({}, 'john')
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
    if (outcome.kind === 'rejected') expect(outcome.cause.message).toMatch(/do not fit the client's schema: sub\.$/)
  })
})

describe('an answer that cannot be used is rejected', () => {
  test.each<[string, object]>([
    ['without access token', { access_token: undefined }],
    ['with a token of another type', { token_type: 'mac' }],
    ['with a DPoP token that nobody asked for', { token_type: 'DPoP' }],
    ['with an expiry that is no number', { expires_in: 'soon' }],
    ['with a line break in the token', { access_token: 'a\r\nb' }],
  ])('%s', async (_what, changes) => {
    expect(await logInWith((answer) => ({ ...answer, ...changes }))).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('that is a page', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 200, body: '<h1>Welcome</h1>' })
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({ reason: 'tokens_invalid' })
  })

  test('without expires_in is taken: when the token ends is not known', async () => {
    const outcome = await logInWith((answer) => ({ ...answer, expires_in: undefined }))
    if (outcome.kind !== 'logged-in') throw new Error(outcome.kind)
    expect(outcome.tokens.expiresAt).toBeUndefined()
  })

  test('with no token in what is shown of it', async () => {
    let token = ''
    const outcome = await logInWith((answer) => {
      token = answer.id_token
      return { ...answer, token_type: 'mac' }
    })
    if (outcome.kind !== 'rejected') throw new Error(outcome.kind)
    expect(token.split('.')).toHaveLength(3)
    expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain(token)
  })
})

describe('DPoP', () => {
  test('binds the code, and the tokens, to the key of the client, with the nonces that the server wants', async () => {
    const { completed, issuer } = await createLoginStage({ issuer: { dpop: { nonce: 'required' } }, client: { dpop: {} } })
    const outcome = await completed()
    if (outcome.kind !== 'logged-in') throw new Error(outcome.kind)
    const { tokens } = outcome
    expect(tokens.tokenType).toBe('DPoP')
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ cnf: { jkt: tokens.keyThumbprint } })
    expect(requestsTo(issuer, 'token')).toBe(2)
  })

  test('a login that another process began, with a key of its own, is stale, and nothing is sent', async () => {
    const { logIn, client, issuer } = await createLoginStage({ client: { dpop: {} } })
    const other = await createLoginStage({ issuer: { issuer: issuer.issuer }, client: { dpop: {} } })
    const { started, callback } = await other.logIn({ returnTo: '/orders' })
    await logIn()
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toEqual({
      kind: 'stale',
      reason: 'no_transaction',
      returnTo: '/orders',
    })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test('a bearer token in its place is rejected', async () => {
    const { completed } = await createLoginStage({
      client: { dpop: {} },
      answer: async (url, answer) =>
        url.pathname.endsWith('/token') ? Response.json({ ...((await answer.json()) as object), token_type: 'Bearer' }) : answer,
    })
    expect(await completed()).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })
})
