import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { orders, verifier } from '../../test/orders-server.js'
import { requestFor } from '../../test/verifiers.js'
import { createResourceServer } from '../resource-server.js'

describe('the options', () => {
  test.each([
    [{ verifier: {} }, 'verifier must have a verify() method'],
    [{ contract: {} }, 'contract must be what defineContract() returns'],
    [{ realm: '' }, 'realm must be printable ASCII'],
    [{ realm: 'a\r\nSet-Cookie: b' }, 'realm must be printable ASCII'],
    [{ resource: '/orders' }, 'resource must be an absolute https URL'],
    [{ resource: 'http://api.example.com' }, 'resource must be an absolute https URL'],
    [{ resource: 'https://api.example.com/#top' }, 'resource must be an absolute https URL'],
    [{ resourceName: 'Orders' }, 'set resource too'],
    [{ onEvent: true }, 'onEvent must be a function'],
    [{ retryAfterSeconds: 0 }, 'retryAfterSeconds must be a whole number from 1 to 86400'],
    [{ authorizationTimeoutMs: Number.POSITIVE_INFINITY }, 'authorizationTimeoutMs must be a whole number from 1 to 600000'],
    [{ maxTokenBytes: -1 }, 'maxTokenBytes must be a whole number from 1 to 1048576'],
  ])('are checked: %j', (options, message) => {
    expect(() => createResourceServer({ verifier, contract: orders, ...options } as never)).toThrow(message)
  })

  test.each([
    [{ onEvents: () => {} }, 'there is no option "onEvents": did you mean onEvent?'],
    [{ onevent: () => {} }, 'there is no option "onevent": did you mean onEvent?'],
    [{ authorizationTimeout: 5 }, 'there is no option "authorizationTimeout": did you mean authorizationTimeoutMs?'],
    [{ resouceName: 'Orders' }, 'there is no option "resouceName": did you mean resourceName?'],
    [{ retryAfterSecond: undefined }, 'there is no option "retryAfterSecond": did you mean retryAfterSeconds?'],
    [
      { audience: 'orders-api' },
      'there is no option "audience": write one of verifier, contract, realm, resource, resourceName, tokenFrom, maxTokenBytes, ' +
        'retryAfterSeconds, authorizationTimeoutMs, onEvent, now, startTimer.',
    ],
    [{ tokenFrom: { header: true } }, 'tokenFrom: there is no option "header": write one of query.'],
    [{ tokenFrom: { querry: true } }, 'tokenFrom: there is no option "querry": did you mean query?'],
  ])('are checked for names that do not exist: %j', (options, message) => {
    const create = () => createResourceServer({ verifier, contract: orders, ...options } as never)
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(message)
  })

  test('set the realm, with quotes escaped', async () => {
    const named = createResourceServer({ verifier, contract: orders, realm: 'the "orders"' })
    expect(await named.authenticate(requestFor())).toMatchObject({
      headers: { 'WWW-Authenticate': 'Bearer realm="the \\"orders\\""' },
    })
  })
})
