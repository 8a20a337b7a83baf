import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { appOf } from '../../../test/app.js'
import { comeBack, createLoginStage, type LoginSetting, redirectUri } from '../../../test/login-attempt.js'

const users = [{ sub: 'john' }, { sub: 'jane', acr: 'urn:example:mfa' }]

/** Signs the ID token anew, with other claims. */
const claiming =
  (changes: Record<string, unknown>): NonNullable<LoginSetting['answer']> =>
  async (url, answer, issuer) => {
    if (!url.pathname.endsWith('/token')) return answer
    const body = (await answer.json()) as { id_token: string }
    const payload = { ...decodeJwt(body.id_token), ...changes }
    return Response.json({ ...body, id_token: await issuer.sign({ header: { typ: 'JWT' }, payload }) })
  }

describe('requireAcr', () => {
  test('takes a login at one of the levels', async () => {
    const { completed } = await createLoginStage({ issuer: { users } })
    expect(await completed({ acrValues: ['urn:example:mfa'], requireAcr: true }, 'jane')).toMatchObject({
      kind: 'logged-in',
      tokens: { claims: { acr: 'urn:example:mfa' } },
    })
  })

  test.each([
    ['a weaker one', 'urn:example:pwd'],
    ['one whose name only begins like it', 'urn:example:mfa2'],
    ['none', undefined],
    ['a list of them', ['urn:example:mfa']],
  ])('rejects a login at %s', async (_what, acr) => {
    const { completed } = await createLoginStage({ issuer: { users }, answer: claiming({ acr }) })
    expect(await completed({ acrValues: ['urn:example:mfa'], requireAcr: true }, 'jane')).toMatchObject({
      kind: 'rejected',
      reason: 'authentication_insufficient',
      cause: { name: 'ClientError', code: 'response_invalid', message: 'The acr of the ID token is none of those that were required.' },
    })
  })

  test('is not asked for by default: acrValues are a wish', async () => {
    const { completed } = await createLoginStage({ issuer: { users }, answer: claiming({ acr: 'urn:example:pwd' }) })
    expect((await completed({ acrValues: ['urn:example:mfa'] }, 'jane')).kind).toBe('logged-in')
  })
})

describe('maxAgeSeconds', () => {
  const now = Math.floor(Date.now() / 1000)

  test('takes a user who has just authenticated', async () => {
    const { completed } = await createLoginStage()
    expect((await completed({ maxAgeSeconds: 0 })).kind).toBe('logged-in')
  })

  test('rejects one who did so before', async () => {
    const { completed } = await createLoginStage({ answer: claiming({ auth_time: now - 400 }) })
    expect(await completed({ maxAgeSeconds: 300 })).toMatchObject({ kind: 'rejected', reason: 'authentication_insufficient' })
  })

  test.each([
    ['does not say when', undefined],
    ['says it in words', 'yesterday'],
    ['says a negative time', -1],
  ])('rejects an ID token that %s', async (_what, authTime) => {
    const { completed } = await createLoginStage({ answer: claiming({ auth_time: authTime }) })
    expect(await completed({ maxAgeSeconds: 300 })).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
  })

  test('is counted by the clock of the server, when that of the machine is ten minutes off', async () => {
    for (const offMs of [-600_000, 600_000]) {
      const issuer = await createMockIssuer()
      const client = appOf(issuer, {
        redirectUri,
        now: () => Date.now() + offMs,
        fetch: async (url, init) => {
          const answer = await issuer.fetch(url, init)
          const headers = new Headers(answer.headers)
          headers.set('date', new Date().toUTCString())
          return new Response(answer.body, { status: answer.status, headers })
        },
      })
      const { url, transaction } = await client.startLogin({ maxAgeSeconds: 60 })
      expect((await client.completeLogin({ callback: await comeBack(issuer, url), transaction })).kind).toBe('logged-in')
    }
  })
})
