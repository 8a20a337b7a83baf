import { describe, expect, test } from 'vitest'
import { readConfig } from './read-config.js'

function findings(value: unknown, from: 'json' | 'module' = 'json'): readonly string[] {
  const read = readConfig(value, from)
  return 'findings' in read ? read.findings : []
}

describe('a configuration of JSON', () => {
  test('is taken as it is', () => {
    const config = {
      $schema: './issuer.schema.json',
      port: 9000,
      host: '127.0.0.1',
      contract: {
        audience: 'orders-api',
        scopes: { orders_read: { description: 'Read orders', claims: ['account_nr'] }, 'payment:*': {} },
      },
      users: [{ sub: 'john', name: 'John', description: 'Trader, New York', claims: { account_nr: '42' } }],
      clients: [{ clientId: 'app', redirectUris: ['http://127.0.0.1:3000/callback'] }],
      lax: ['pkce-optional'],
      faults: [{ endpoint: 'jwks', kind: 'status', status: 503, times: 2 }],
      issuers: { 'tenant-a': { audience: ['a', 'b'] } },
      onDemand: { maxIssuers: 5 },
    }
    expect(readConfig(config, 'json')).toEqual(config)
  })

  test.each([
    [[], 'must be an object, not a list'],
    [null, 'must be an object, not null'],
    [{ portt: 1 }, 'there is no member "portt"; did you mean "port"?'],
    [{ wholly: 1 }, 'there is no member "wholly"'],
    [{ port: '9000' }, 'port: must be a number, not "9000"'],
    [{ port: 65_536 }, 'port: must be at most 65535, not 65536'],
    [{ port: 1.5 }, 'port: must be a whole number, not 1.5'],
    [{ accessTokenTtlSeconds: 0 }, 'accessTokenTtlSeconds: must be more than 0, not 0'],
    [{ users: {} }, 'users: must be a list, not an object'],
    [{ users: [{ name: 'John' }] }, 'users[0].sub: is missing'],
    [{ clients: [{ clientId: 'a', redirectUri: [] }] }, 'clients[0]: there is no member "redirectUri"; did you mean "redirectUris"?'],
    [{ clients: [{ clientId: 'a', id: 'app' }] }, 'clients[0]: there is no member "id"; did you mean "clientId"?'],
    [{ clients: [{ clientId: 'a', secret: 'x' }] }, 'clients[0]: there is no member "secret"; did you mean "clientSecret"?'],
    [{ clients: [{ clientId: 'a', redirect_uris: [] }] }, 'clients[0]: there is no member "redirect_uris"; did you mean "redirectUris"?'],
    [{ clients: [{ clientId: 'a', AllowedScopes: [] }] }, 'clients[0]: there is no member "AllowedScopes"; did you mean "scopes"?'],
    [{ users: [{ sub: 'john', username: 'john' }] }, 'users[0]: there is no member "username"; did you mean "sub"?'],
    [{ aud: 'api' }, 'there is no member "aud"; did you mean "audience"?'],
    [{ tls: true }, 'there is no member "tls"; did you mean "https"?'],
    [{ issuers: { a: { aud: 'api' } } }, 'issuers.a: there is no member "aud"; did you mean "audience"?'],
    [{ issuers: { a: { tls: true } } }, 'issuers.a: there is no member "tls"'],
    [{ constructor: 1 }, 'there is no member "constructor"'],
    [{ https: 'yes' }, 'https: must be true, false, or an object with keyFile and certFile'],
    [{ clients: [{ clientId: 'a', redirectUris: ['https://a.example/', 5] }] }, 'clients[0].redirectUris[1]: must be a string, not 5'],
    [{ lax: ['pkceOptional'] }, 'lax[0]: cannot be "pkceOptional"; did you mean "pkce-optional"?'],
    [{ algorithm: 'none' }, 'algorithm: must be one of ES256, RS256, PS256, EdDSA'],
    [{ audience: 5 }, 'audience: must be a string or a list of strings'],
    [{ contract: { audience: '', scopes: {} } }, 'contract.audience: must not be empty'],
    [{ issuers: { 'a b': { port: 1 } } }, 'issuers["a b"]: there is no member "port"'],
    [{ faults: [{ endpoint: 'jwk', kind: 'reset' }] }, 'faults[0].endpoint: cannot be "jwk"; did you mean "jwks"?'],
    [
      { faults: [{ endpoint: 'jwks', kind: 'delay' }] },
      'faults[0]: The member "delayMs" of a fault must be a whole number from 0 to 600000; it is nothing.',
    ],
    [{ dashboard: 'yes' }, 'dashboard: must be true, false, or an object with hosts'],
    [{ onDemand: 5 }, 'onDemand: must be true, false, or an object with maxIssuers'],
    [{ now: 5 }, 'there is no member "now"'],
  ])('that is %j is answered: %s', (value, expected) => {
    expect(findings(value)).toEqual([expected])
  })

  test('is told everything that is wrong with it at once, up to twenty findings', () => {
    expect(findings({ port: -1, host: 1, lax: 'none' })).toHaveLength(3)
    expect(findings({ users: Array.from({ length: 1000 }, () => ({})) })).toHaveLength(20)
  })

  test.each([
    [{ clients: [{ clientId: 'a', clientSecret: 123_456 }] }, 'clients[0].clientSecret: must be a string, not a number'],
    [{ initialAccessToken: 123_456 }, 'initialAccessToken: must be a string, not a number'],
    [
      { splitTokens: { publishTo: 'https://a.example', headers: { 'x-tenant': 5 } } },
      'splitTokens.headers["x-tenant"]: must be a string, not a number',
    ],
    [
      { issuers: { a: { clients: [{ clientId: 'a', clientSecret: ['b'] }] } } },
      'issuers.a.clients[0].clientSecret: must be a string, not a list',
    ],
  ])('that is %j has no secret of its own repeated: %s', (value, expected) => {
    expect(findings(value)).toEqual([expected])
  })

  test('does not have its text repeated at length', () => {
    const [finding = ''] = findings({ port: 'x'.repeat(100_000) })
    expect(finding.length).toBeLessThan(150)
  })
})

describe('a configuration of a module', () => {
  test('can have a contract with a schema, and functions', () => {
    const config = {
      contract: { audience: 'a', scopes: {}, claims: { '~standard': { validate: () => ({}) } }, scope: () => undefined },
      now: () => 5,
      onError: () => {},
      claims: () => ({}),
      issuers: { a: { fetch: async () => new Response() } },
    }
    expect(readConfig(config, 'module')).toEqual(config)
  })

  test.each([
    [{ now: 5 }, 'now: must be a function'],
    [{ contract: { scopes: {} } }, 'contract: must be a contract, with an audience and scopes'],
    [{ onErorr: () => {} }, 'there is no member "onErorr"; did you mean "onError"?'],
  ])('that is %o is answered: %s', (value, expected) => {
    expect(findings(value, 'module')).toEqual([expected])
  })
})
