import type { StandardSchemaV1 } from '@standard-schema/spec'
import { VerificationError } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import { common, forbidden, orders, server, unavailable, verifier } from '../../test/orders-server.js'
import { requestFor, verifierOf, verifierThatRejectsWith } from '../../test/verifiers.js'
import { defineContract } from '../contract.js'
import { createResourceServer } from '../resource-server.js'

describe('authenticate', () => {
  test('gives the principal of a good token', async () => {
    const outcome = await server.authenticate(requestFor('Bearer good'))
    expect(outcome).toMatchObject({ kind: 'authenticated', principal: { sub: 'john', scopes: ['read'], claims: { account_nr: '42' } } })
  })

  test('takes a web-standard Request', async () => {
    const request = new Request('https://api.example.com/orders', { headers: { authorization: 'Bearer good' } })
    expect(await server.authenticate(request)).toMatchObject({ kind: 'authenticated' })
  })

  test('tells the verifier how the token was presented', async () => {
    const verify = vi.fn(verifier.verify)
    const request = requestFor('bearer good')
    await createResourceServer({ verifier: { verify }, contract: orders }).authenticate(request)
    expect(verify).toHaveBeenCalledExactlyOnceWith('good', { scheme: 'Bearer', request })
  })

  test.each([
    [undefined, 'no access token'],
    ['Basic am9objpzZWNyZXQ=', 'no access token, but credentials of the scheme Basic'],
  ])('challenges without an error where there is no token: %s', async (authorization, reason) => {
    expect(await server.authenticate(requestFor(authorization))).toEqual({
      kind: 'refused',
      status: 401,
      headers: { ...common, 'WWW-Authenticate': 'Bearer realm="orders-api"' },
      body: { error: 'unauthorized', error_description: 'An access token is required.' },
      code: 'credentials_missing',
      reason,
    })
  })

  test.each(['Bearer', 'Bearer  ', 'Bearer a, Bearer b', 'Bearer a b', 'Bearer "a"'])('answers 400 to %j', async (authorization) => {
    const outcome = await server.authenticate(requestFor(authorization), { optional: true })
    expect(outcome).toMatchObject({
      kind: 'refused',
      status: 400,
      code: 'invalid_request',
      headers: {
        'WWW-Authenticate':
          'Bearer realm="orders-api", error="invalid_request", error_description="The request must present one access token, in the Authorization header."',
      },
      body: { error: 'invalid_request' },
    })
  })

  test.each([
    ['a.b.c', 'header_invalid: the Authorization header is not a scheme followed by a token: is "Bearer" missing?'],
    ['Bearer', 'token_missing: no token follows the scheme'],
    [`Bearer ${'a'.repeat(16_385)}`, 'token_too_long: the token is longer than the option maxTokenBytes allows'],
    ['Bearer "a"', 'token_invalid: the token has a character that no access token has: is it quoted'],
    ['Bearer a, Bearer b', 'several_tokens: the request presents more than one token'],
  ])('says in private what is wrong with malformed credentials: %.30s', async (authorization, reason) => {
    expect(await server.authenticate(requestFor(authorization))).toMatchObject({ reason: expect.stringContaining(reason) })
  })

  test("answers 401 to a token that the verifier rejects, and keeps the verifier's words to itself", async () => {
    expect(await server.authenticate(requestFor('Bearer bad'))).toEqual({
      kind: 'refused',
      status: 401,
      headers: {
        ...common,
        'WWW-Authenticate':
          'Bearer realm="orders-api", error="invalid_token", error_description="The access token is invalid or has expired."',
      },
      body: { error: 'invalid_token', error_description: 'The access token is invalid or has expired.' },
      code: 'invalid_token',
      reason: 'token_expired: the token has expired',
    })
  })

  test('with `optional`, lets a request without a token pass as anonymous, and no other', async () => {
    const optional = { optional: true }
    expect(await server.authenticate(requestFor(), optional)).toEqual({ kind: 'anonymous' })
    expect(await server.authenticate(requestFor('Basic x'), optional)).toEqual({ kind: 'anonymous' })
    expect(await server.authenticate(requestFor('Bearer good'), optional)).toMatchObject({ kind: 'authenticated' })
    expect(await server.authenticate(requestFor('Bearer bad'), optional)).toMatchObject({ status: 401, code: 'invalid_token' })
    expect(await server.authenticate(requestFor('Bearer broken'), optional)).toMatchObject({ status: 403 })
  })

  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'POST'])('authenticates %s like any other method', async (method) => {
    expect(await server.authenticate(requestFor(undefined, '/', method))).toMatchObject({ status: 401 })
  })

  test('answers 503 to an outage of the issuer, with the time that the verifier gives', async () => {
    const outage = new VerificationError('unavailable', 'jwks_unreachable', 'connect ECONNREFUSED 10.0.0.1', { retryAfterSeconds: 29.5 })
    const down = createResourceServer({ verifier: verifierThatRejectsWith(outage), contract: orders })
    expect(await down.authenticate(requestFor('Bearer good'), { optional: true })).toEqual({
      kind: 'refused',
      ...unavailable,
      headers: { ...common, 'Retry-After': '30' },
      code: 'unavailable',
      reason: 'jwks_unreachable: connect ECONNREFUSED 10.0.0.1',
    })
  })

  test.each([[86_401], [1e300], [Number.POSITIVE_INFINITY]])(
    'never says to wait for longer than a day, not even for %s',
    async (retryAfterSeconds) => {
      const outage = new VerificationError('unavailable', 'x', 'x', { retryAfterSeconds })
      const down = createResourceServer({ verifier: verifierThatRejectsWith(outage), contract: orders })
      expect(await down.authenticate(requestFor('Bearer good'))).toMatchObject({ headers: { 'Retry-After': '86400' } })
    },
  )

  test.each([[undefined], [0], [-1], [Number.NaN]])(
    'falls back on its own Retry-After when the verifier says %s',
    async (retryAfterSeconds) => {
      const outage = new VerificationError('unavailable', 'x', 'x', retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
      const down = createResourceServer({ verifier: verifierThatRejectsWith(outage), contract: orders, retryAfterSeconds: 7 })
      expect(await down.authenticate(requestFor('Bearer good'))).toMatchObject({ status: 503, headers: { 'Retry-After': '7' } })
    },
  )

  test.each([[new TypeError('boom')], ['boom'], [undefined], [{ outcome: 'invalid_token' }]])(
    'takes a rejection with %s for "cannot decide", not for a bad token',
    async (cause) => {
      const down = createResourceServer({ verifier: verifierThatRejectsWith(cause), contract: orders })
      expect(await down.authenticate(requestFor('Bearer good'))).toEqual({
        kind: 'refused',
        ...unavailable,
        code: 'unavailable',
        reason: 'the verifier failed',
      })
    },
  )

  test('answers 503 when the verifier throws at once, or gives no token', async () => {
    const throwing = {
      verify: (): never => {
        throw new Error('boom')
      },
    }
    const empty = { verify: async () => undefined as never }
    for (const faulty of [throwing, empty]) {
      const down = createResourceServer({ verifier: faulty, contract: orders })
      expect(await down.authenticate(requestFor('Bearer good'))).toMatchObject({ status: 503 })
    }
  })

  test('answers 403 to a token that breaks the contract, without saying how', async () => {
    expect(await server.authenticate(requestFor('Bearer broken'))).toEqual({
      kind: 'refused',
      ...forbidden,
      code: 'contract_broken',
      reason: 'the token breaks the contract "orders-api": the scope "read" requires the claim "account_nr", which the token lacks',
    })
    expect(await server.authenticate(requestFor('Bearer mistyped'))).toMatchObject({ ...forbidden, code: 'contract_broken' })
  })

  test('waits for an asynchronous schema, and answers 503 if it fails', async () => {
    const validate = async (claims: unknown): Promise<StandardSchemaV1.Result<unknown>> => {
      const { sub } = claims as { sub: string }
      if (sub === 'outage') throw new Error('database down')
      return sub === 'john' ? { value: claims } : { issues: [{ message: 'unknown' }] }
    }
    const contract = defineContract({ audience: 'a', claims: { '~standard': { version: 1, vendor: 'test', validate } }, scopes: {} })
    const tokens = verifierOf({ john: { sub: 'john' }, jane: { sub: 'jane' }, outage: { sub: 'outage' } })
    const asynchronous = createResourceServer({ verifier: tokens, contract })
    expect(await asynchronous.authenticate(requestFor('Bearer john'))).toMatchObject({ kind: 'authenticated' })
    expect(await asynchronous.authenticate(requestFor('Bearer jane'))).toMatchObject({ status: 403, code: 'contract_broken' })
    expect(await asynchronous.authenticate(requestFor('Bearer outage'))).toMatchObject({ status: 503, code: 'unavailable' })
  })

  test('takes a token from the query or a form only when told to', async () => {
    const url = '/orders?access_token=good'
    expect(await server.authenticate(requestFor(undefined, url))).toMatchObject({ code: 'credentials_missing' })
    const lenient = createResourceServer({ verifier, contract: orders, tokenFrom: { query: true } })
    expect(await lenient.authenticate(requestFor(undefined, url))).toMatchObject({ kind: 'authenticated' })
    expect(await lenient.authenticate(requestFor('Bearer good', url))).toMatchObject({ status: 400 })
    expect(await server.authenticate(requestFor(), { formToken: 'good' })).toMatchObject({ kind: 'authenticated' })
  })

  test('refuses a token over the limit without asking the verifier', async () => {
    const verify = vi.fn(verifier.verify)
    const strict = createResourceServer({ verifier: { verify }, contract: orders, maxTokenBytes: 3 })
    expect(await strict.authenticate(requestFor('Bearer good'))).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(verify).not.toHaveBeenCalled()
  })
})
