import { expect, test } from 'vitest'
import { createMockIssuer } from '../create-mock-issuer.js'
import type { MockIssuerOptions } from '../mock-issuer-options.js'

const contract = { audience: 'orders-api', scopes: {} }

test.each<[MockIssuerOptions, string]>([
  [{ issuer: 'login.example.com' }, 'issuer'],
  [{ issuer: 'ftp://login.example.com' }, 'issuer'],
  [{ issuer: 'https://login.example.com/?tenant=1' }, 'issuer'],
  [{ issuer: 'https://login.example.com/#a' }, 'issuer'],
  [{ issuer: 'https://user:word@login.example.com' }, 'issuer'],
  [{ issuer: 'https://login.example.com/a;b' }, 'issuer'],
  [{ algorithm: 'HS256' as 'RS256' }, 'algorithm'],
  [{ audience: '' }, 'audience'],
  [{ audience: [] }, 'audience'],
  [{ audience: 'other-api', contract }, 'audience'],
  [{ clients: [] }, 'clients'],
  [{ clients: [{ clientId: '' }] }, 'clients[0].clientId'],
  [{ clients: [{ clientId: 'a' }, { clientId: 'a' }] }, 'clients[1].clientId'],
  [{ clients: [{ clientId: 'a', clientSecret: '' }] }, 'clients[0].clientSecret'],
  [{ clients: [{ clientId: 'a', redirectUris: ['/callback'] }] }, 'clients[0].redirectUris[0]'],
  [
    { clients: [{ clientId: 'b' }, { clientId: 'a', redirectUris: ['https://a.example/', 'https://a.example/#x'] }] },
    'clients[1].redirectUris[1]',
  ],
  [{ clients: [{ clientId: 'a', redirectUris: ['javascript:alert(1)'] }] }, 'clients[0].redirectUris[0]'],
  [{ clients: [{ clientId: 'a', redirectUris: ['blob:https://a.example/b'] }] }, 'clients[0].redirectUris[0]'],
  [{ clients: [{ clientId: 'a', redirectUris: ['FILE:///etc/passwd'] }] }, 'clients[0].redirectUris[0]'],
  [{ clients: [{ clientId: 'a', redirectUris: [' https://a.example/\n'] }] }, 'clients[0].redirectUris[0]'],
  [{ clients: [{ clientId: 'a', postLogoutRedirectUris: ['/out'] }] }, 'clients[0].postLogoutRedirectUris[0]'],
  [{ clients: [{ clientId: 'a', frontchannelLogoutUri: 'com.example:/out' }] }, 'clients[0].frontchannelLogoutUri'],
  [{ clients: [{ clientId: 'a', accessTokenFormat: 'paseto' as 'jwt' }] }, 'clients[0].accessTokenFormat'],
  [{ users: [] }, 'users'],
  [{ users: [{ sub: '' }] }, 'users[0].sub'],
  [{ users: [{ sub: 'a' }, { sub: 'a' }] }, 'users[1].sub'],
  [{ accessTokenTtlSeconds: 0 }, 'accessTokenTtlSeconds'],
  [{ refreshTokenTtlSeconds: Number.NaN }, 'refreshTokenTtlSeconds'],
  [{ resources: ['/orders'] }, 'resources'],
  [{ resources: ['https://api.example.com/#orders'] }, 'resources'],
  [{ authorizationDetailsTypes: [''] }, 'authorizationDetailsTypes'],
  [{ initialAccessToken: 'two words' }, 'initialAccessToken'],
  [{ jwksMaxAgeSeconds: 1.5 }, 'jwksMaxAgeSeconds'],
])('refuses %j and names the option', async (options, option) => {
  await expect(createMockIssuer(options)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(`The option "${option}" must be `),
  })
})

test('issues for the audience of the contract, or for more than it', async () => {
  const alone = await createMockIssuer({ contract })
  const more = await createMockIssuer({ contract, audience: ['orders-api', 'billing-api'] })
  const [one, two] = await Promise.all([alone.accessToken(), more.accessToken()])

  const audience = (token: string) => JSON.parse(atob(token.split('.')[1] ?? '')).aud
  expect(audience(one)).toBe('orders-api')
  expect(audience(two)).toEqual(['orders-api', 'billing-api'])
})
