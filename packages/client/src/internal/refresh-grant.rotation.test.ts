import { inspect } from 'node:util'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt, type JWTPayload } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import type { ClientOptions, IdTokenClaims } from '../client-options.js'
import { createTokenSource } from '../create-token-source.js'
import { TokenSet } from '../token-set.js'
import type { TokenSourceEvent } from '../token-source-event.js'

interface TokenBody extends Record<string, unknown> {
  id_token: string
  refresh_token: string
}

type Change = (body: TokenBody, issuer: MockIssuer) => object | Promise<object>

/** A session whose access token has just expired, at a server that rotates refresh tokens, whose first answer, or whose keys, the test changes. */
async function session(change: Change, more: Partial<ClientOptions<IdTokenClaims>> = {}, path = '/token') {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const kept: (string | undefined)[] = []
  const events: TokenSourceEvent[] = []
  let changes = path === '/token' ? 1 : Infinity
  const client = appOf(issuer, {
    async fetch(url, init) {
      const answer = await issuer.fetch(url, init)
      if (!url.endsWith(path) || changes === 0) return answer
      changes -= 1
      const changed = await change((await answer.json()) as TokenBody, issuer)
      return changed instanceof Response ? changed : Response.json(changed)
    },
    ...more,
  })
  const source = createTokenSource({
    client,
    grant: { type: 'refresh_token', tokens, onTokens: (each) => void kept.push(each.refreshToken) },
    now: issuer.clock.now,
    onEvent: (event) => void events.push(event),
  })
  issuer.clock.advanceSeconds(300)
  return { issuer, client, tokens, source, kept, events }
}

const resigned =
  (claims: (genuine: JWTPayload) => JWTPayload): Change =>
  async (body, issuer) => {
    const genuine: JWTPayload = decodeJwt(body.id_token)
    return { ...body, id_token: await issuer.sign({ header: { typ: 'JWT' }, payload: { ...genuine, ...claims(genuine) } }) }
  }

test.each<[string, Change]>([
  ['are not there', () => new Response('not here', { status: 404 })],
  ['are no keys', () => ({ keys: 'none' })],
  ['do not have the one that signed', () => ({ keys: [] })],
  ['are a page', () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } })],
  ['are somewhere else', () => Response.redirect('https://attacker.example/jwks', 302)],
])('a refresh brings new tokens when the keys %s, and the ID token of before stands', async (_, change) => {
  const { source, tokens, kept, events } = await session(change, {}, '/jwks')
  const renewed = await source.getTokens()
  expect([renewed.accessToken === tokens.accessToken, renewed.idToken, renewed.claims]).toEqual([false, tokens.idToken, tokens.claims])
  expect(kept).toEqual([renewed.refreshToken])
  expect(events).toMatchObject([{ kind: 'id_token_left_out', error: { code: 'response_invalid' } }, { kind: 'renewed' }])
})

test('a refresh whose claims do not fit the schema of the app brings new tokens, and the claims of before stand', async () => {
  const { source, tokens, events } = await session(
    resigned(() => ({ email: 7 })),
    {
      claims: z.looseObject({
        iss: z.string(),
        sub: z.string(),
        aud: z.string(),
        exp: z.number(),
        iat: z.number(),
        email: z.string().optional(),
      }),
    },
  )
  const renewed = await source.getTokens()
  expect([renewed.accessToken === tokens.accessToken, renewed.idToken, renewed.claims]).toEqual([false, tokens.idToken, tokens.claims])
  expect(events).toMatchObject([
    { kind: 'id_token_left_out', error: { message: expect.stringContaining('email') as string } },
    { kind: 'renewed' },
  ])
})

test('an empty ID token is none, and so none that is left out', async () => {
  const { source, tokens, events } = await session((body) => ({ ...body, id_token: '' }))
  const renewed = await source.getTokens()
  expect([renewed.accessToken === tokens.accessToken, renewed.idToken]).toEqual([false, tokens.idToken])
  expect(events.map(({ kind }) => kind)).toEqual(['renewed'])
})

test.each<[string, Change]>([
  [
    'whose signature is bad',
    (body) => ({ ...body, id_token: body.id_token.replace(/[^.]+$/, (signature) => signature.split('').toReversed().join('')) }),
  ],
  ['of another audience', resigned(() => ({ aud: 'other' }))],
  ['that has expired', resigned(({ iat = 0 }) => ({ exp: iat - 3600 }))],
  ['that is none', (body) => ({ ...body, id_token: 'text' })],
])(
  'an answer with an ID token %s is refused, and does not end the session: the refresh token that it rotated is kept',
  async (_, change) => {
    const { issuer, source, tokens, kept } = await session(change)
    await expect(source.getTokens()).rejects.toMatchObject({ code: 'response_invalid' })
    expect([kept.length, kept[0] === tokens.refreshToken]).toEqual([1, false])
    issuer.clock.advanceSeconds(2)
    const renewed = await source.getTokens()
    expect([renewed.claims?.sub, kept]).toEqual(['john', [kept[0], renewed.refreshToken]])
  },
)

test('the refresh token of an answer that was refused is revoked at a logout', async () => {
  const { source, tokens, kept } = await session(resigned(() => ({ aud: 'other' })))
  await source.getTokens().catch(() => {})
  const last = await source.end()
  expect([last?.refreshToken, last?.accessToken]).toEqual([kept[0], tokens.accessToken])
})

test('nothing is kept of an answer about another user, whose refresh token would bring the access of that one', async () => {
  const { issuer, source, kept } = await session(resigned(() => ({ sub: 'mallory' })))
  await expect(source.getTokens()).rejects.toMatchObject({ code: 'response_invalid' })
  issuer.clock.advanceSeconds(2)
  await expect(source.getTokens()).rejects.toMatchObject({ code: 'session_ended' })
  expect(kept).toEqual([])
})

test('nothing is kept of an error, whatever else is in it', async () => {
  const { source, kept } = await session((body) => Response.json({ ...body, error: 'temporarily_unavailable' }, { status: 400 }))
  await expect(source.getTokens()).rejects.toMatchObject({ code: 'server_unavailable' })
  expect(kept).toEqual([])
})

test('an answer about another user is refused though the keys cannot be had', async () => {
  const { client, tokens, issuer } = await session(resigned(() => ({ sub: 'mallory' })))
  issuer.faults.add({ endpoint: 'jwks', kind: 'status', status: 503 })
  await expect(client.refresh(tokens)).rejects.toMatchObject({ code: 'response_invalid' })
})

test('a set whose ID token was not kept is still of the user of its claims', async () => {
  const { client, tokens } = await session(resigned(() => ({ sub: 'mallory' })))
  const without = new TokenSet({ ...TokenSet.membersOf(tokens), idToken: undefined })
  await expect(client.refresh(without)).rejects.toMatchObject({ code: 'response_invalid' })
})

test('a refused answer shows nothing of its refresh token', async () => {
  let kept = ''
  const { client, tokens } = await session(async (body, issuer) => {
    kept = body.refresh_token
    return resigned(() => ({ aud: 'other' }))(body, issuer)
  })
  const error: unknown = await client.refresh(tokens).catch((cause: unknown) => cause)
  expect(Reflect.ownKeys(error as object)).not.toContain('cause')
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(kept)
})

test('a set whose ID token cannot be read is refreshed for nobody: nothing is sent, so that nothing is spent', async () => {
  const { client, tokens, issuer } = await session((body) => body)
  const edited = new TokenSet({ ...TokenSet.membersOf(tokens), idToken: 'text' })
  const before = issuer.requests.length
  await expect(client.refresh(edited)).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringContaining('ID token') as string,
  })
  expect(issuer.requests).toHaveLength(before)
})
