import { expect, test } from 'vitest'
import { basic, codeForm, logIn, post, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import { grantTypes } from '../../grant-type.js'
import { clientGrantTypes } from './client-grant-types.js'

const redirectUris = [redirectUri]

test.each([
  ['none to a public client without redirect URIs', { clientId: 'a' }, []],
  ['the code flow and refresh to one with them', { clientId: 'a', redirectUris }, ['authorization_code', 'refresh_token']],
  ['its own tokens to a client with a secret', { clientId: 'a', clientSecret: 's' }, ['client_credentials']],
  [
    'both to a client with both',
    { clientId: 'a', clientSecret: 's', redirectUris },
    ['authorization_code', 'refresh_token', 'client_credentials'],
  ],
  [
    'what is listed, and nothing else',
    { clientId: 'a', clientSecret: 's', redirectUris, grantTypes: ['refresh_token'] as const },
    ['refresh_token'],
  ],
])('allows %s', (_, client, expected) => {
  expect(clientGrantTypes(client)).toEqual(expected)
})

test('refuses every other grant as unauthorized_client, before it looks at the rest of the request', async () => {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'a', clientSecret: 's', grantTypes: [] }] })
  for (const grantType of grantTypes.filter((name) => !name.endsWith('jwt-bearer'))) {
    const response = await post(issuer, '/token', { grant_type: grantType }, basic('a', 's'))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'unauthorized_client' })
  }
})

test('gives a client no refresh token that it could not use', async () => {
  const clients = [{ clientId: 'app', redirectUris, grantTypes: ['authorization_code'] as const }]
  const issuer = await createMockIssuer({ clients })
  const code = (await logIn(issuer)).get('code')

  expect(Object.keys(await (await post(issuer, '/token', codeForm(code))).json())).not.toContain('refresh_token')
})

test.each([
  ['clients', { clients: [{ clientId: 'a', grantTypes: ['implicit' as 'refresh_token'] }] }],
  ['users', { users: [{ sub: 'john', ciba: 'maybe' as 'wait' }] }],
  ['refreshTokenRotation', { refreshTokenRotation: 'sometimes' as 'never' }],
  ['pollingIntervalSeconds', { pollingIntervalSeconds: 0 }],
  ['trustedIssuers', { trustedIssuers: [{ issuer: '', jwks: { keys: [] } }] }],
])('refuses an option that cannot be used, and names it: %s', async (option, options) => {
  await expect(createMockIssuer(options)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(`^The option "${option}" must be `),
  })
})
