import { expect, test } from 'vitest'
import { createClient } from '../../src/create-client.js'
import { createLoginStage } from '../login-attempt.js'

test('there is no way to send the password of a user as a grant', async () => {
  const { client, issuer } = await createLoginStage()
  const parameters = { grant_type: 'password', username: 'john', password: 'a password' }
  await expect(client.clientCredentials({ parameters })).rejects.toMatchObject({ code: 'configuration_invalid' })
  await expect(client.jwtBearer('a', { parameters })).rejects.toMatchObject({ code: 'configuration_invalid' })
  await expect(client.exchange({ subjectToken: 'a', parameters })).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
})

test.each([
  'http://shop.example.com/callback',
  'http://localhost.example.com/callback',
  'http://127.0.0.1@example.com/callback',
  'https://shop.example.com/callback#fragment',
  'javascript:alert(1)',
  '/callback',
])('a redirect URI is encrypted, but on loopback: not %s', (redirectUri) => {
  const options = { issuer: 'https://login.example.com', clientId: 'shop', authentication: { method: 'none' } } as const
  expect(() => createClient({ ...options, redirectUri })).toThrow('redirectUri must be an absolute https URL')
  expect(createClient({ ...options, redirectUri: 'http://127.0.0.1/callback' }).redirectUri).toBe('http://127.0.0.1/callback')
})
