import { expect, test } from 'vitest'
import type { IssuerClient } from '../../client.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { readSettings } from '../issuer-settings.js'
import { settingsWarnings } from './settings-warnings.js'

const contract = {
  audience: 'orders-api',
  scopes: { orders_read: { claims: ['account_nr'] }, orders_write: {}, 'payment:*': { claims: ['debtor'] } },
}
const jobContract = { audience: 'api', scopes: { jobs_run: { claims: ['team'] } } }
const familyContract = { audience: 'api', scopes: { 'payment:*': { claims: ['debtor'] } } }
const userClients: readonly Partial<IssuerClient>[] = [
  { grantTypes: ['authorization_code'], scopes: ['payment:*'] },
  { grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'], scopes: ['payment:1'] },
  { grantTypes: ['urn:openid:params:grant-type:ciba'] },
  { grantTypes: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] },
]
const redirectUris = ['https://app.example.com/callback']
const users = [{ sub: 'john', claims: { account_nr: '42', debtor: 'x' } }]

function warn(options: MockIssuerOptions): readonly string[] {
  return settingsWarnings(readSettings(options))
}

test.each<[string, MockIssuerOptions]>([
  ['nothing at all', {}],
  ['a contract alone, whose scopes require no claims', { contract: { audience: 'a', scopes: { orders_read: {} } } }],
  [
    'clients within the contract',
    { contract, users, clients: [{ clientId: 'app', redirectUris, scopes: ['openid', 'payment:1', 'payment:*'] }] },
  ],
  ['any scope, without a contract', { clients: [{ clientId: 'app', redirectUris, scopes: ['anything'] }] }],
  [
    'any scope, under scope-unchecked',
    { contract, users, lax: ['scope-unchecked'], clients: [{ clientId: 'app', redirectUris, scopes: ['x'] }] },
  ],
  ['a client that introspects', { clients: [{ clientId: 'gateway', clientSecret: 's', audience: 'api' }] }],
  [
    'scopes that require what the issuer says itself, of users and of clients',
    {
      contract: { audience: 'api', scopes: { orders_read: { claims: ['sub', 'client_id', 'iat', 'auth_time', 'acr', 'cnf'] } } },
      clients: [
        { clientId: 'app', redirectUris },
        { clientId: 'job', clientSecret: 's', scopes: ['orders_read'] },
      ],
    },
  ],
  [
    'claims that only clients have, where nobody can log in',
    { contract: jobContract, clients: [{ clientId: 'job', clientSecret: 's', scopes: ['jobs_run'], claims: { team: 'a' } }] },
  ],
  [
    'claims that only clients have, where those who log users in cannot ask for the scope',
    {
      contract: jobContract,
      clients: [
        { clientId: 'job', clientSecret: 's', scopes: ['jobs_run'], claims: { team: 'a' } },
        { clientId: 'app', redirectUris, scopes: ['openid'] },
      ],
    },
  ],
  ['a claims provider, which may say every claim', { contract, claims: () => ({ account_nr: '42' }) }],
])('is content with %s', (_, options) => {
  expect(warn(options)).toEqual([])
})

test.each<[string, MockIssuerOptions, string]>([
  [
    'a scope of a client that no contract has',
    { contract, users, clients: [{ clientId: 'app', redirectUris, scopes: ['openid', 'orders_reed'] }] },
    'The client "app" has the scope "orders_reed", which the contract does not have, so it is never granted. Did you mean "orders_read"?',
  ],
  [
    'a scope of the contract that is no scope',
    { contract: { audience: 'a', scopes: { 'orders read': {} } } },
    'The contract has the scope "orders read", which no request can ask for: a scope has no spaces, quotes or backslashes (RFC 6749 §3.3).',
  ],
  [
    'a claim that no user has',
    { contract, users: [{ sub: 'john', claims: { debtor: 'x' } }] },
    'No user has the claim "account_nr", which the scope "orders_read" requires, so no user can be granted it.',
  ],
  ...userClients.map((client): [string, MockIssuerOptions, string] => [
    `a claim that no user has, for a client that gets tokens for users by ${JSON.stringify(client)}`,
    { contract: familyContract, clients: [{ clientId: 'app', clientSecret: 's', ...client }] },
    'No user has the claim "debtor", which the scope "payment:*" requires, so no user can be granted it.',
  ]),
  [
    'a claim that a client has not, which gets tokens for itself alone',
    { contract, users, clients: [{ clientId: 'job', clientSecret: 's', scopes: ['orders_read'] }] },
    'The client "job" has no claim "account_nr", which its scope "orders_read" requires, so client_credentials is refused. Give it one in its "claims".',
  ],
  [
    'the code flow without a redirect URI',
    { clients: [{ clientId: 'app', grantTypes: ['authorization_code'] }] },
    'The client "app" has the grant authorization_code, and no "redirectUris" to be answered at.',
  ],
  [
    'redirect URIs without the code flow',
    { clients: [{ clientId: 'app', redirectUris, grantTypes: ['refresh_token'] }] },
    'The client "app" has "redirectUris", and not the grant authorization_code, so no login can end there.',
  ],
  [
    'a public client with a grant of confidential ones',
    { clients: [{ clientId: 'job', grantTypes: ['client_credentials'] }] },
    'The client "job" has the grant client_credentials, which a public client cannot use. Give it a "clientSecret".',
  ],
  [
    'jwt-bearer without anybody whose JWTs are taken',
    { clients: [{ clientId: 'job', clientSecret: 's', grantTypes: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] }] },
    'The client "job" has the grant urn:ietf:params:oauth:grant-type:jwt-bearer, which there is only with "trustedIssuers".',
  ],
  [
    'a refresh token that nothing gives',
    { clients: [{ clientId: 'app', grantTypes: ['refresh_token'] }] },
    'The client "app" has the grant refresh_token, and none that gives it a refresh token.',
  ],
  [
    'a client that can do nothing',
    { clients: [{ clientId: 'app' }] },
    'The client "app" can do nothing: it has no "redirectUris", no "clientSecret" and no "grantTypes".',
  ],
  [
    'an introspecting client for other APIs',
    { clients: [{ clientId: 'gateway', clientSecret: 's', audience: 'other-api' }] },
    'The client "gateway" introspects for other-api, which no token is for by default, so each is inactive to it. Tokens are for api.',
  ],
  [
    'a login of a user who is nearly one of them',
    { autoLogin: 'jon' },
    'The option "autoLogin" is "jon", who is no configured user, and so has no claims. Did you mean "john"?',
  ],
])('warns of %s', (_, options, warning) => {
  expect(warn(options)).toContain(warning)
})

test('says each thing once, and no more than twenty', () => {
  const clients = Array.from({ length: 30 }, (_, index) => ({ clientId: `app${index}` }))

  const warnings = warn({ clients })
  expect(warnings).toHaveLength(21)
  expect(warnings.at(-1)).toBe('There are 10 more of these.')
})
