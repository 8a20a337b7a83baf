import type { VerifiedAccessToken } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import { orders, verifier } from '../../test/orders-server.js'
import { requestFor } from '../../test/verifiers.js'
import { createResourceServer } from '../resource-server.js'

const good = await verifier.verify('good')

/** A server whose verifier has the token `kept` at hand. */
function serverWith(recall: (token: string) => VerifiedAccessToken | undefined) {
  const verify = vi.fn(verifier.verify)
  const onEvent = vi.fn()
  return { verify, onEvent, server: createResourceServer({ verifier: { verify, recall }, contract: orders, onEvent }) }
}

describe('a token that the verifier has at hand', () => {
  test('is not waited for, and is not verified', () => {
    const { server, verify, onEvent } = serverWith((token) => (token === 'kept' ? good : undefined))
    expect(server.authenticate(requestFor('Bearer kept'))).toMatchObject({ kind: 'authenticated', principal: { sub: 'john' } })
    expect(verify).not.toHaveBeenCalled()
    expect(onEvent.mock.calls).toMatchObject([[{ kind: 'authenticated', principal: { sub: 'john' } }]])
  })

  test('is asked for with what verify is told', () => {
    const recall = vi.fn(() => good)
    const request = requestFor('Bearer kept')
    void createResourceServer({ verifier: { ...verifier, recall }, contract: orders }).authenticate(request)
    expect(recall).toHaveBeenCalledExactlyOnceWith('kept', { scheme: 'Bearer', request })
  })

  test('that breaks the contract is refused all the same', async () => {
    const { server } = serverWith(() => ({ ...good, claims: { ...good.claims, account_nr: 42 } }))
    expect(await server.authenticate(requestFor('Bearer kept'))).toMatchObject({ kind: 'refused', status: 403, code: 'contract_broken' })
  })
})

test.each<[string, () => undefined]>([
  ['has not', () => undefined],
  [
    'throws over',
    () => {
      throw new Error('a verifier of our own')
    },
  ],
])('a token that the verifier %s is verified', async (_, recall) => {
  const { server, verify } = serverWith(recall)
  expect(await server.authenticate(requestFor('Bearer good'))).toMatchObject({ kind: 'authenticated', principal: { sub: 'john' } })
  expect(await server.authenticate(requestFor('Bearer bad'))).toMatchObject({ kind: 'refused', status: 401 })
  expect(verify).toHaveBeenCalledTimes(2)
})

test.each<[string, unknown]>([
  ['a promise', Promise.resolve(good)],
  ['nothing of a token', {}],
  ['true', true],
])('a verifier that recalls %s is asked to verify', async (_, recalled) => {
  const { server, verify } = serverWith(() => recalled as VerifiedAccessToken)
  expect(await server.authenticate(requestFor('Bearer bad'))).toMatchObject({ kind: 'refused', status: 401 })
  expect(verify).toHaveBeenCalledTimes(1)
})

test('a recall that is inherited does not go around a verify that does more', async () => {
  const verify = vi.fn(verifier.verify)
  const strict = Object.assign(Object.create({ verify: verifier.verify, recall: () => good }), { verify })
  const server = createResourceServer({ verifier: strict, contract: orders })
  expect(await server.authenticate(requestFor('Bearer bad'))).toMatchObject({ kind: 'refused', status: 401 })
})

test.each([
  ['Bearer ', 400],
  ['Bearer  good', 200],
  ['Bearer good ', 200],
  ['Bearer a b', 400],
  ['Bearer a, Bearer b', 400],
  ['Bearer a,b', 400],
])('nothing is recalled for %j, which holds more or less than a token', async (authorization, status) => {
  const recall = vi.fn(() => good)
  const outcome = await createResourceServer({ verifier: { ...verifier, recall }, contract: orders }).authenticate({
    ...requestFor(),
    headers: { get: (name) => (name.toLowerCase() === 'authorization' ? authorization : null) },
  })
  expect(outcome.kind === 'refused' ? outcome.status : 200).toBe(status)
  expect(recall).not.toHaveBeenCalled()
})
