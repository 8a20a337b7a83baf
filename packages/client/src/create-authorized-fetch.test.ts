import { expect, test, vi } from 'vitest'
import { ClientError } from './client-error.js'
import { createAuthorizedFetch } from './create-authorized-fetch.js'
import { TokenSet } from './token-set.js'
import type { GetTokensOptions } from './token-source.js'

const api = 'https://api.example.com'
const refused = () => new Response('no', { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
const weak = () =>
  new Response('no', {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="insufficient_user_authentication", acr_values="urn:strong"' },
  })

function tokenSet(accessToken: string) {
  return new TokenSet({
    issuer: 'https://login.example.com',
    clientId: 'shop',
    accessToken,
    tokenType: 'Bearer',
    receivedAt: 0,
    scope: 'openid orders_read',
  })
}

/** A source whose token is the next one after each that was rejected, and an API that gives the answers in turn. */
function setUp(answers: (() => Response)[], { onStepUp }: { onStepUp?: () => Promise<boolean> } = {}) {
  let generation = 1
  const asked: GetTokensOptions[] = []
  const sent: { url: string; init: RequestInit; authorization: string | null; dpop: string | null }[] = []
  const tokens = {
    async getTokens(options: GetTokensOptions = {}) {
      asked.push(options)
      if (options.rejected === `token-${generation}`) generation++
      return tokenSet(`token-${generation}`)
    },
  }
  const authorizedFetch = createAuthorizedFetch({
    client: { dpopProof: () => Promise.reject(new Error('not asked for a Bearer token')), keyThumbprint: async () => undefined },
    tokens,
    allowedOrigins: [api],
    async fetch(url, init) {
      const headers = new Headers(init.headers)
      sent.push({ url, init, authorization: headers.get('authorization'), dpop: headers.get('dpop') })
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? new Response('ok')
    },
    ...(onStepUp && { onStepUp }),
  })
  return { authorizedFetch, sent, asked, logIn: () => void generation++ }
}

test('sends the token, and returns the answer as it is', async () => {
  const { authorizedFetch, sent } = setUp([() => new Response('hello', { status: 418 })])
  const response = await authorizedFetch(`${api}/orders?page=2`, { headers: { accept: 'text/plain' } })
  expect([response.status, await response.text()]).toEqual([418, 'hello'])
  expect(sent).toMatchObject([{ url: `${api}/orders?page=2`, authorization: 'Bearer token-1', init: { redirect: 'manual' } }])
  expect(new Headers(sent[0]?.init.headers).get('accept')).toBe('text/plain')
})

test('sends nothing to another origin, and asks for no token', async () => {
  const { authorizedFetch, sent, asked } = setUp([])
  for (const input of ['https://attacker.example/', new URL('http://api.example.com/'), new Request('https://api.example.com:444/')]) {
    await expect(authorizedFetch(input)).rejects.toMatchObject({ code: 'origin_not_allowed' })
  }
  expect([sent, asked]).toEqual([[], []])
})

test('keeps user information of a URL out of the error', async () => {
  const error: unknown = await setUp([])
    .authorizedFetch('https://john:secret@api.example.com/')
    .catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'origin_not_allowed' })
  expect(JSON.stringify([String(error), error])).not.toContain('secret')
})

test('returns a redirect and does not follow it', async () => {
  const { authorizedFetch, sent } = setUp([() => Response.redirect('https://attacker.example/', 307)])
  const response = await authorizedFetch(api, { method: 'POST', body: 'x', redirect: 'follow' })
  expect([response.status, sent.length]).toEqual([307, 1])
})

test('replaces what the caller has for Authorization and DPoP', async () => {
  const { authorizedFetch, sent } = setUp([])
  await authorizedFetch(new Request(api, { headers: { authorization: 'Basic x', dpop: 'y' } }))
  expect(sent).toMatchObject([{ authorization: 'Bearer token-1', dpop: null }])
})

test('tries a refused token again once, with a new one', async () => {
  const { authorizedFetch, sent, asked } = setUp([refused, () => new Response('ok')])
  const response = await authorizedFetch(api, { method: 'POST', body: 'x' })
  expect([response.status, sent.map(({ authorization }) => authorization)]).toEqual([200, ['Bearer token-1', 'Bearer token-2']])
  expect(sent.map(({ init }) => init.body)).toEqual(['x', 'x'])
  expect(asked.map(({ rejected }) => rejected)).toEqual([undefined, 'token-1'])
})

test('does not renew again for an API that has refused a new token too, until it takes one', async () => {
  const answers = [refused]
  const { authorizedFetch, sent, asked } = setUp(answers)
  expect((await authorizedFetch(api)).status).toBe(401)
  expect((await authorizedFetch(api)).status).toBe(401)
  expect((await authorizedFetch(api)).status).toBe(401)
  expect(sent).toHaveLength(4)
  expect(asked.filter(({ rejected }) => rejected !== undefined)).toHaveLength(1)

  answers.splice(0, 1, () => new Response('ok'))
  expect((await authorizedFetch(api)).status).toBe(200)
  answers.splice(0, 1, refused, () => new Response('ok'))
  expect((await authorizedFetch(api)).status).toBe(200)
  expect(asked.filter(({ rejected }) => rejected !== undefined)).toHaveLength(2)
})

test('never sends a stream twice; the token is renewed for the next request', async () => {
  const { authorizedFetch, sent } = setUp([refused, () => new Response('ok')])
  const response = await authorizedFetch(new Request(api, { method: 'POST', body: 'x' }))
  expect([response.status, await response.text(), sent.length]).toEqual([401, 'no', 1])
  await authorizedFetch(api)
  expect(sent[1]?.authorization).toBe('Bearer token-2')
})

test('lets go of a refused answer before the request is made again', async () => {
  const cancel = vi.fn()
  const { headers } = refused()
  const { authorizedFetch } = setUp([
    () => new Response(new ReadableStream({ cancel }), { status: 401, headers }),
    () => {
      expect(cancel).toHaveBeenCalledTimes(1)
      return new Response('ok')
    },
  ])
  expect(await (await authorizedFetch(api)).text()).toBe('ok')
})

test('rejects with what the token source says, and lets go of the answer', async () => {
  const cancel = vi.fn()
  const answer = new Response(new ReadableStream({ cancel }), { status: 401 })
  const ended = new ClientError('session_ended', 'over')
  const authorizedFetch = createAuthorizedFetch({
    client: { dpopProof: async () => '', keyThumbprint: async () => undefined },
    tokens: { getTokens: async (options) => (options?.rejected ? Promise.reject(ended) : tokenSet('token-1')) },
    allowedOrigins: [api],
    fetch: async () => answer,
  })
  await expect(authorizedFetch(api)).rejects.toBe(ended)
  expect(cancel).toHaveBeenCalledTimes(1)
})

test('rejects as fetch does when the API cannot be reached', async () => {
  const failure = new TypeError('fetch failed')
  const { authorizedFetch } = setUp([
    () => {
      throw failure
    },
  ])
  await expect(authorizedFetch(api)).rejects.toBe(failure)
})

test('hands the signal to both: who waits for a token, and who asks the API', async () => {
  const { authorizedFetch, sent, asked } = setUp([])
  const { signal } = new AbortController()
  await authorizedFetch(api, { signal })
  expect([asked[0]?.signal, sent[0]?.init.signal]).toEqual([signal, signal])
})

test('rejects with what an API asks for besides, in the form that startLogin takes', async () => {
  const { authorizedFetch } = setUp([weak])
  await expect(authorizedFetch(api)).rejects.toMatchObject({ code: 'step_up_required', stepUp: { acrValues: ['urn:strong'] } })
  const scope = () =>
    new Response(null, { status: 403, headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="orders_write"' } })
  await expect(setUp([scope]).authorizedFetch(api)).rejects.toMatchObject({
    code: 'step_up_required',
    message: 'https://api.example.com asks for more than this token has: scope "orders_write".',
    stepUp: { scope: 'openid orders_read orders_write' },
  })
})

test('makes the request once more when onStepUp has brought more', async () => {
  const onStepUp = vi.fn(async () => {
    logIn()
    return true
  })
  const { authorizedFetch, sent, logIn } = setUp([weak, () => new Response('ok')], { onStepUp })
  expect((await authorizedFetch(api, { method: 'PUT', body: 'x' })).status).toBe(200)
  expect(onStepUp).toHaveBeenCalledWith({ acrValues: ['urn:strong'], requireAcr: true, scope: 'openid orders_read' })
  expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('gives up when onStepUp brings nothing, the same token, or not enough', async () => {
  const nothing = setUp([weak], { onStepUp: async () => false })
  await expect(nothing.authorizedFetch(api)).rejects.toMatchObject({ code: 'step_up_required' })
  const same = setUp([weak], { onStepUp: async () => true })
  await expect(same.authorizedFetch(api)).rejects.toMatchObject({ code: 'step_up_required' })
  const onStepUp = vi.fn(async () => {
    tooLittle.logIn()
    return true
  })
  const tooLittle = setUp([weak], { onStepUp })
  await expect(tooLittle.authorizedFetch(api)).rejects.toMatchObject({ code: 'step_up_required' })
  expect([nothing.sent.length, same.sent.length, tooLittle.sent.length, onStepUp.mock.calls.length]).toEqual([1, 1, 2, 1])
})

test('does not step up for a request that could not be made again', async () => {
  const onStepUp = vi.fn(async () => true)
  const { authorizedFetch } = setUp([weak], { onStepUp })
  await expect(authorizedFetch(api, { method: 'POST', body: new ReadableStream() })).rejects.toMatchObject({ code: 'step_up_required' })
  expect(onStepUp).not.toHaveBeenCalled()
})

test('quotes no token that cannot be sent', async () => {
  const authorizedFetch = createAuthorizedFetch({
    client: { dpopProof: async () => '', keyThumbprint: async () => undefined },
    tokens: { getTokens: async () => tokenSet('secret\r\nx-a: b') },
    allowedOrigins: [api],
    fetch: async () => new Response('ok'),
  })
  const error: unknown = await authorizedFetch(api).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'response_invalid' })
  expect(String(error)).not.toContain('secret')
})

test('names an option that there is not', () => {
  const options = {
    client: { dpopProof: async () => '', keyThumbprint: async () => undefined },
    tokens: { getTokens: async () => tokenSet('a') },
    allowedOrigins: [api],
    origins: 1,
  }
  expect(() => createAuthorizedFetch(options)).toThrow('there is no option "origins"')
})
