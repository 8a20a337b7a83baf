import { expect, test } from 'vitest'
import type { IssuerClient } from '../../client.js'
import type { LoggedRequest } from '../../request-log.js'
import { refusalAdvice } from './refusal-advice.js'

const clients: readonly IssuerClient[] = [
  { clientId: 'app', redirectUris: ['https://app.example.com/'] },
  { clientId: 'service', clientSecret: 'service-secret' },
  { clientId: 'signer', tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [] } },
  { clientId: 'public-job', grantTypes: ['client_credentials'] },
]

function advise(error: string, asked: Partial<LoggedRequest> = {}, settings = {}): string | undefined {
  const input = {
    clients: new Map(clients.map((client) => [client.clientId, client])),
    trustedIssuers: new Map(),
    allowedResources: new Set<string>(),
    authorizationDetailsTypes: new Set(['payment']),
    ...settings,
  }
  return refusalAdvice({ error }, { endpoint: 'token', ...asked }, input)
}

test.each<[string, Partial<LoggedRequest>, string | undefined]>([
  ['invalid_client', {}, 'Send the client_id of one of the clients: app, service, signer, public-job.'],
  [
    'invalid_client',
    { clientId: 'servce' },
    'Did you mean "service"? The clients are app, service, signer, public-job; add "servce" to them, or use one of these.',
  ],
  [
    'invalid_client',
    { clientId: 'service' },
    'The client "service" authenticates by client_secret_basic or client_secret_post, with its "clientSecret".',
  ],
  ['invalid_client', { clientId: 'signer' }, 'The client "signer" authenticates by private_key_jwt.'],
  [
    'invalid_client',
    { clientId: 'app' },
    'The client "app" is public: it sends its client_id and no secret. Give it a "clientSecret" to make it confidential.',
  ],
  [
    'unauthorized_client',
    { clientId: 'app', grantType: 'client_credentials' },
    'Add "client_credentials" to the "grantTypes" of the client "app", which are authorization_code, refresh_token.',
  ],
  [
    'unauthorized_client',
    { clientId: 'service', endpoint: 'authorization' },
    'Add "authorization_code" to the "grantTypes" of the client "service", which are client_credentials.',
  ],
  [
    'unauthorized_client',
    { clientId: 'public-job', grantType: 'client_credentials' },
    'Give the client "public-job" a "clientSecret": a public client cannot use this grant.',
  ],
  [
    'unsupported_grant_type',
    { grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
    'Name the issuers whose JWTs are taken in "trustedIssuers".',
  ],
  ['invalid_scope', { clientId: 'app', scope: 'nonsense' }, undefined],
  ['invalid_target', {}, 'The option "resources" names what can be asked for: none.'],
  ['invalid_authorization_details', {}, 'The option "authorizationDetailsTypes" names what can be asked for: payment.'],
  ['invalid_grant', {}, undefined],
  ['constructor', {}, undefined],
])('of %s for %j advises what would mend it', (error, asked, advice) => {
  expect(advise(error, asked)).toBe(advice)
})

test('says which grant was probably meant', () => {
  expect(advise('unsupported_grant_type', { grantType: 'client_credential' })).toMatch(
    /^Did you mean "client_credentials"\? The grants are authorization_code, /,
  )
})

test('names the first twelve of many clients, and not what was sent unless it is nearly one of them', () => {
  const many = new Map(Array.from({ length: 20 }, (_, index) => [`c${index}`, { clientId: `c${index}` }]))
  const advice = advise('invalid_client', { clientId: 'x'.repeat(256) }, { clients: many })

  expect(advice).toBe(
    `The clients are ${[...many.keys()].slice(0, 12).join(', ')} and 8 more; add the one that was sent to them, or use one of these.`,
  )
})
