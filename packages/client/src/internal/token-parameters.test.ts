import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import type { Client } from '../client.js'
import type { IdTokenClaims } from '../client-options.js'
import type { TokenSet } from '../token-set.js'

/** As of a caller without types, who would get a token for everything. */
const misspelt = { resources: 'https://orders.example.com' } as object

test.each<[string, (client: Client, tokens: TokenSet<IdTokenClaims>) => Promise<unknown>]>([
  ['clientCredentials', (client) => client.clientCredentials(misspelt)],
  ['jwtBearer', (client) => client.jwtBearer('an-assertion', misspelt)],
  ['refresh', (client, tokens) => client.refresh(tokens, misspelt)],
  ['exchange', (client) => client.exchange({ ...misspelt, subjectToken: 'a-token' })],
  ['startDeviceLogin', (client) => client.startDeviceLogin(misspelt)],
])('%s asks for nothing where an option is misspelt', async (_, ask) => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const before = issuer.requests.length
  await expect(ask(appOf(issuer), tokens)).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringContaining('there is no option "resources"') as string,
  })
  expect(issuer.requests.slice(before).filter(({ endpoint }) => endpoint !== 'openid-configuration')).toEqual([])
})
