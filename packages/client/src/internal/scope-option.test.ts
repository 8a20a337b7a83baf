import { expect, test } from 'vitest'
import { createService } from '../../test/service.js'
import { createClient } from '../create-client.js'
import { createTokenSource } from '../create-token-source.js'
import { requireScope } from './scope-option.js'

const refused = expect.objectContaining({
  code: 'configuration_invalid',
  message: expect.stringMatching(/^scope must be one text of scopes/),
})

test('gives each scope by itself', () => {
  expect(requireScope('openid orders_read payment:123')).toEqual(['openid', 'orders_read', 'payment:123'])
})

test.each([
  ['a list', ['openid']],
  ['nothing', ''],
  ['null', null],
  ['a number', 1],
  ['two spaces', 'openid  orders_read'],
  ['a line break', 'openid\norders_read'],
  ['quotes', '"openid"'],
])('refuses %s, of callers without types too', (_, scope) => {
  expect(() => requireScope(scope as string)).toThrow(refused)
})

test('a list is refused wherever a scope is asked for, and nothing is sent', async () => {
  const { client, issuer } = await createService()
  const scope = ['orders_read'] as unknown as string
  const asked = [
    client.startLogin({ scope }),
    client.clientCredentials({ scope }),
    client.jwtBearer('assertion', { scope }),
    client.exchange({ subjectToken: 'token', scope }),
    client.startDeviceLogin({ scope }),
  ]
  for (const result of await Promise.allSettled(asked)) expect(result).toEqual({ status: 'rejected', reason: refused })
  const options = { issuer: issuer.issuer, clientId: 'app', authentication: { method: 'none' } } as const
  expect(() => createClient({ ...options, scope })).toThrow(refused)
  expect(() => createTokenSource({ client, grant: { type: 'client_credentials', scope } })).toThrow(refused)
  expect(issuer.requests.filter(({ endpoint }) => endpoint !== 'openid-configuration')).toEqual([])
})
