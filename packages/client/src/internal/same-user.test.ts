import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { appOptions } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import { createClient } from '../create-client.js'
import { TokenSet } from '../token-set.js'

const withPrefix = z.looseObject({ sub: z.string() }).transform(({ sub }) => ({ sub: `user:${sub}` }))

/** Refreshes tokens of john of which no ID token was kept, but claims as the app's schema made them. */
async function refreshed(claims: { sub: string }, idToken?: string) {
  const issuer = await createMockIssuer()
  const client = createClient({ ...appOptions(issuer), claims: withPrefix })
  const { claims: _, idToken: __, ...members } = TokenSet.membersOf(await loggedIn(issuer))
  return client.refresh(new TokenSet({ ...members, claims, idToken: idToken && (await issuer.idToken({ sub: idToken, aud: 'app' })) }))
}

test('who it was is compared in the form that the schema of the app gives to claims', async () => {
  expect((await refreshed({ sub: 'user:john' })).claims).toEqual({ sub: 'user:john' })
})

test('another user in that form is another user', async () => {
  await expect(refreshed({ sub: 'user:jane' })).rejects.toMatchObject({ code: 'response_invalid' })
})

test('the claims do not outweigh an ID token of another user', async () => {
  await expect(refreshed({ sub: 'user:john' }, 'user:john')).rejects.toMatchObject({ code: 'response_invalid' })
})
