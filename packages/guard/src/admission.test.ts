import { isThenable, type AccessTokenVerifier } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import { orders, verifier as knowing } from '../test/orders-server.js'
import { principalWith, tokenWith } from '../test/principal.js'
import { requestFor } from '../test/verifiers.js'
import { createAdmission } from './admission.js'
import { check } from './check-guard.js'
import { createPrincipalSlot } from './principal-slot.js'
import { createResourceServer, type ResourceServer } from './resource-server.js'

const good = requestFor('Bearer good')
const nobody = requestFor()
const owner = () => ({})

/** An API that counts how often its verifier is asked. */
function admissionWith(members: Partial<AccessTokenVerifier> = {}) {
  const verify = vi.fn(members.verify ?? knowing.verify)
  const server = createResourceServer({ verifier: { ...knowing, ...members, verify }, contract: orders })
  return { ...createAdmission(server, createPrincipalSlot()), server, verify }
}

describe('a request', () => {
  test('is authenticated once, whatever guards it passes', async () => {
    const { authenticate, authorize, server, verify } = admissionWith()
    const [request, context] = [owner(), { request: good, params: {} }]
    const first = await authenticate(request, good, false)
    const again = await authenticate(request, good, true)
    const guarded = await authorize(request, server.guard(orders.scope('read')), context)
    expect([first, again, guarded].map((outcome) => outcome.kind === 'admitted' && outcome.principal?.sub)).toEqual([
      'john',
      'john',
      'john',
    ])
    expect(verify).toHaveBeenCalledTimes(1)
  })

  test('is not taken for another', async () => {
    const { authenticate, authorize, server } = admissionWith()
    await authenticate(owner(), good, false)
    expect(await authenticate(owner(), nobody, false)).toMatchObject({ kind: 'refused', status: 401 })
    expect(await authorize(owner(), server.guard(), { request: nobody, params: {} })).toMatchObject({ kind: 'refused', status: 401 })
  })

  test('passes without a token where that is optional, and then neither where it is not nor through a guard', async () => {
    const { authenticate, authorize, server } = admissionWith()
    const request = owner()
    expect(await authenticate(request, nobody, true)).toEqual({ kind: 'admitted', principal: undefined, headers: undefined })
    const refused = await authorize(request, server.guard(), { request: nobody, params: {} })
    expect(refused).toMatchObject({ code: 'credentials_missing', reason: expect.stringContaining('the request is anonymous') })
    expect(await authenticate(request, nobody, false)).toMatchObject({ code: 'credentials_missing', reason: 'no access token' })
    expect(await authenticate(request, good, true)).toMatchObject({ kind: 'admitted', principal: undefined })
  })

  test('with a bad token passes nowhere, and is not remembered as anonymous', async () => {
    const { authenticate } = admissionWith()
    const request = owner()
    expect(await authenticate(request, requestFor('Bearer bad'), true)).toMatchObject({ code: 'invalid_token' })
    expect(await authenticate(request, good, true)).toMatchObject({ kind: 'admitted', principal: { sub: 'john' } })
  })

  test('waits for nothing where everything is at hand', () => {
    const { authenticate, authorize, server } = admissionWith({ recall: () => tokenWith({ sub: 'john', scope: 'write' }) })
    const context = { request: good, params: {} }
    const outcomes = [
      authenticate(owner(), good, false),
      authorize(owner(), server.guard(orders.scope('write')), context),
      authorize(owner(), server.guard(orders.permission('order:read')), context),
    ]
    expect(outcomes).toMatchObject([{ kind: 'admitted' }, { kind: 'admitted' }, { kind: 'refused', status: 403 }])
    expect(isThenable(authorize(owner(), server.guard(check('later', async () => true)), context))).toBe(true)
  })

  test('brings its next nonce, with a refusal by a guard too', async () => {
    const senderConstraint = { required: false, mtls: false, dpop: { algorithms: ['ES256'], nonce: () => 'next' } }
    const { authenticate, authorize, server } = admissionWith({ senderConstraint })
    const request = requestFor('DPoP good')
    const headers = { 'DPoP-Nonce': 'next', 'Cache-Control': 'no-store' }
    expect(await authenticate(owner(), request, false)).toMatchObject({ kind: 'admitted', headers })
    const context = { request, params: {} }
    expect(await authorize(owner(), server.guard(orders.scope('read')), context)).toMatchObject({ kind: 'admitted', headers })
    const refused = await authorize(owner(), server.guard(orders.scope('write')), context)
    expect(refused).toMatchObject({ code: 'insufficient_scope', headers: { ...headers, 'Content-Type': 'application/json' } })
    expect(refused.headers).toHaveProperty('WWW-Authenticate', expect.stringMatching(/^DPoP realm="orders-api", error=/))
  })
})

const john = { kind: 'authenticated', principal: principalWith() }
const context = { request: good, params: {} }
const guard = createResourceServer({ verifier: knowing, contract: orders }).guard()

/** With a server that has gone wrong. */
function admissionOf(authenticated: unknown, authorized: unknown) {
  const server = { authenticate: () => authenticated, authorize: () => authorized } as unknown as ResourceServer<never>
  return createAdmission(server, createPrincipalSlot())
}
const paces = [
  ['at once', (value: unknown) => value],
  ['in the end', async (value: unknown) => value],
] as const

test.each(paces)('nobody is anonymous where a token was required, whatever the server says (%s)', async (_, give) => {
  const { authenticate, authorize } = admissionOf(give({ kind: 'anonymous' }), { ...john, kind: 'allowed' })
  await expect(async () => authenticate(owner(), good, false)).rejects.toThrow(TypeError)
  await expect(async () => authorize(owner(), guard, context)).rejects.toThrow(TypeError)
})

describe.each([undefined, null, {}, { kind: 'allowed?' }, () => 'refused', 'admitted', true, { kind: 'admitted', principal: {} }])(
  'where the server gives %j',
  (wrong) => {
    test.each(paces)('the request meets with a fault, %s', async (_, give) => {
      const unknown = admissionOf(give(wrong), { ...john, kind: 'allowed' })
      const undecided = admissionOf(john, give(wrong))
      await expect(async () => unknown.authenticate(owner(), good, true)).rejects.toThrow(TypeError)
      await expect(async () => unknown.authorize(owner(), guard, context)).rejects.toThrow(TypeError)
      await expect(async () => undecided.authorize(owner(), guard, context)).rejects.toThrow(TypeError)
    })
  },
)
