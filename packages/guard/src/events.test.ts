import { createHash } from 'node:crypto'
import { VerificationError } from '@bailiwick/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { thenable } from '../test/thenable.js'
import { requestFor, verifierOf, verifierThatRejectsWith } from '../test/verifiers.js'
import { defineContract } from './contract.js'
import type { ResourceServerEvent } from './events.js'
import { requestPath } from './internal/event-reporter.js'
import { createResourceServer } from './resource-server.js'

const contract = defineContract({ audience: 'orders-api', scopes: { read: { claims: ['account_nr'] }, write: {} } })
const tokens = {
  good: { sub: 'john', client_id: 'web', scope: 'read', account_nr: '42' },
  broken: { sub: 'john', azp: 'web', scope: 'read' },
}
const fingerprint = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 16)
const request = { time: 1_700_000_000_000, audience: 'orders-api', method: 'GET', path: '/accounts/42/orders' }
const john = { kind: 'user', sub: 'john', clientId: 'web', issuer: 'https://login.example.com' }

function listening(verifier = verifierOf(tokens)) {
  const events: ResourceServerEvent[] = []
  const onEvent = (event: ResourceServerEvent) => events.push(event)
  return { events, server: createResourceServer({ verifier, contract, onEvent, now: () => 1_700_000_000_000 }) }
}

describe('events', () => {
  test('tell who was authenticated, and what was allowed and denied by which guard', async () => {
    const { events, server } = listening()
    const outcome = await server.authenticate(requestFor('Bearer good'))
    if (outcome.kind !== 'authenticated') throw new Error(outcome.kind)
    const context = { request: requestFor('Bearer good'), params: {} }
    await server.authorize(outcome.principal, contract.scope('read'), context)
    await server.authorize(outcome.principal, contract.scope('write'), context)
    await server.authorize(outcome.principal, contract.claim('account_nr').equalsParam('nr'), context)
    await server.authorize(undefined, contract.scope('read'), context)

    const read = { guard: 'scope', names: ['read'] }
    expect(events).toEqual([
      { kind: 'authenticated', ...request, principal: john },
      { kind: 'allowed', ...request, principal: john, guard: read },
      {
        kind: 'denied',
        code: 'insufficient_scope',
        ...request,
        principal: john,
        guard: { guard: 'scope', names: ['write'] },
        reason: 'the token lacks the scope write',
      },
      {
        kind: 'denied',
        code: 'misconfigured',
        ...request,
        principal: john,
        guard: { guard: 'claim', path: 'account_nr', is: 'equalsParam', param: 'nr' },
        reason: 'the route has no path parameter "nr" with a single value',
      },
      {
        kind: 'denied',
        code: 'credentials_missing',
        ...request,
        principal: undefined,
        guard: read,
        reason: 'the operation needs a principal, and the request is anonymous',
      },
    ])
  })

  test('tell why an authentication failed, with a fingerprint in the place of the token', async () => {
    const { events, server } = listening()
    await server.authenticate(requestFor('Bearer bad.token.value'))
    await server.authenticate(requestFor())
    await server.authenticate(requestFor('Bearer a, Bearer b'))
    await server.authenticate(requestFor(), { optional: true })
    expect(events).toEqual([
      {
        kind: 'authentication_failed',
        code: 'invalid_token',
        ...request,
        reason: 'token_expired: the token has expired',
        cause: expect.any(VerificationError),
        tokenFingerprint: fingerprint('bad.token.value'),
      },
      {
        kind: 'authentication_failed',
        code: 'credentials_missing',
        ...request,
        reason: 'no access token',
        cause: undefined,
        tokenFingerprint: undefined,
      },
      {
        kind: 'authentication_failed',
        code: 'invalid_request',
        ...request,
        reason: 'several_tokens: the request presents more than one token, or one in two places',
        cause: undefined,
        tokenFingerprint: undefined,
      },
    ])
  })

  test('tell of a broken contract in a kind of its own, naming contract, scope and claim', async () => {
    const { events, server } = listening()
    await server.authenticate(requestFor('Bearer broken'))
    const reason = 'the token breaks the contract "orders-api": the scope "read" requires the claim "account_nr", which the token lacks'
    expect(events).toEqual([
      {
        kind: 'contract_broken',
        code: 'contract_broken',
        ...request,
        reason,
        breach: { contract: 'orders-api', scope: 'read', claim: 'account_nr', reason },
        sub: 'john',
        clientId: 'web',
        issuer: 'https://login.example.com',
        tokenFingerprint: fingerprint('broken'),
      },
    ])
  })

  test('tell of an outage with its cause', async () => {
    const cause = new TypeError('boom')
    const { events, server } = listening(verifierThatRejectsWith(cause))
    await server.authenticate(requestFor('Bearer good'))
    expect(events).toEqual([
      {
        kind: 'unavailable',
        code: 'unavailable',
        ...request,
        reason: 'the verifier failed',
        cause,
        principal: undefined,
        guard: undefined,
        tokenFingerprint: fingerprint('good'),
      },
    ])
  })

  test('tell a fault of the name service from one of a certificate', async () => {
    for (const code of ['ENOTFOUND', 'CERT_HAS_EXPIRED']) {
      const system = Object.assign(new Error('https://john:secret@login.example.com'), { code })
      const outage = new VerificationError('unavailable', 'jwks_unreachable', 'no keys', {
        cause: new TypeError('failed', { cause: system }),
      })
      const { events, server } = listening(verifierThatRejectsWith(outage))
      expect(await server.authenticate(requestFor('Bearer good'))).toMatchObject({ reason: `jwks_unreachable: no keys (${code})` })
      expect(events).toMatchObject([{ kind: 'unavailable', reason: `jwks_unreachable: no keys (${code})`, cause: outage }])
      expect(JSON.stringify(events)).not.toContain('secret')
    }
  })

  test('tell which principal and guard it was that could not be decided', async () => {
    const { events, server } = listening()
    const outcome = await server.authenticate(requestFor('Bearer good'))
    if (outcome.kind !== 'authenticated') throw new Error(outcome.kind)
    const cause = Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
    const failing = contract.check('pdp', () => Promise.reject(cause))
    await server.authorize(outcome.principal, failing, { request: requestFor(), params: {} })
    expect(events[1]).toEqual({
      kind: 'unavailable',
      code: 'unavailable',
      ...request,
      reason: 'the check "pdp" failed (ECONNREFUSED)',
      cause,
      principal: john,
      guard: { guard: 'check', name: 'pdp' },
      tokenFingerprint: undefined,
    })
  })

  test('hold neither token nor query', async () => {
    const { events, server } = listening()
    for (const token of ['good', 'broken', 'some.secret.token']) {
      await server.authenticate(requestFor(`Bearer ${token}`, 'https://john:pw@api.example.com/orders?code=query-secret#fragment-secret'))
    }
    const text = JSON.stringify(events)
    expect(text).not.toMatch(/secret|good|pw|john:/)
    expect(events.map(({ path }) => path)).toEqual(['/orders', '/orders', '/orders'])
  })
})

describe('a hook', () => {
  const unhandled = vi.fn()
  beforeEach(() => {
    unhandled.mockReset()
    process.on('unhandledRejection', unhandled)
  })
  afterEach(() => {
    process.off('unhandledRejection', unhandled)
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('hook')
      },
    ],
    ['rejects', () => Promise.reject(new Error('hook'))],
    ['gives a thenable that throws', () => thenable({ get: () => expect.unreachable() })],
    ['never settles', () => new Promise(() => {})],
    [
      'tries to change the event',
      (event: { kind: string }) => {
        event.kind = 'x'
      },
    ],
  ])('that %s changes no outcome', async (_, onEvent) => {
    const server = createResourceServer({ verifier: verifierOf(tokens), contract, onEvent })
    const outcome = await server.authenticate(requestFor('Bearer good'))
    expect(outcome).toMatchObject({ kind: 'authenticated' })
    expect(await server.authenticate(requestFor('Bearer bad'))).toMatchObject({ status: 401 })
    if (outcome.kind !== 'authenticated') throw new Error(outcome.kind)
    expect(server.authorize(outcome.principal, contract.scope('read'), { request: requestFor(), params: {} })).toMatchObject({
      kind: 'allowed',
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('that is not there costs no fingerprint', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest')
    await createResourceServer({ verifier: verifierOf(tokens), contract }).authenticate(requestFor('Bearer bad'))
    expect(digest).not.toHaveBeenCalled()
    const { server } = listening()
    await server.authenticate(requestFor('Bearer good'))
    expect(digest).not.toHaveBeenCalled()
    await server.authenticate(requestFor('Bearer bad'))
    expect(digest).toHaveBeenCalledTimes(1)
    digest.mockRestore()
  })
})

test.each([
  ['/a/b?c=d', '/a/b'],
  ['/a#b?c', '/a'],
  ['https://api.example.com', '/'],
  ['https://api.example.com/a?b', '/a'],
  ['https://john:secret@api.example.com/a', '/a'],
  ['https://api.example.com?x', '/'],
  ['*', '*'],
  ['', '/'],
  [`/${'a'.repeat(5000)}`, `/${'a'.repeat(1023)}`],
])('the path of %s is %s', (url, path) => {
  expect(requestPath(url)).toBe(path)
})
