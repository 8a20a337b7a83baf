import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type Client,
  createClient,
  type createTokenSource,
  type EndableTokenSource,
  formatTokenSet,
  type IdTokenClaims,
  type LoginOutcome,
  type TokenSet,
  type TokenSource,
  type UserInfo,
} from '../src/index.js'

const options = { issuer: 'https://login.example.com', clientId: 'shop', authentication: { method: 'none' } } as const

type LoggedIn<Outcome> = Extract<Outcome, { kind: 'logged-in' }>

test('without a schema, every type has the claims of an ID token', () => {
  expectTypeOf(createClient(options)).toEqualTypeOf<Client>()
  expectTypeOf<LoggedIn<LoginOutcome>['tokens']>().toEqualTypeOf<TokenSet>()
  expectTypeOf<TokenSet['claims']>().toEqualTypeOf<IdTokenClaims | undefined>()
  expectTypeOf<Awaited<ReturnType<TokenSource['getTokens']>>>().toEqualTypeOf<TokenSet>()
  expectTypeOf<ReturnType<typeof createTokenSource>>().toExtend<EndableTokenSource<unknown>>()
})

test('a schema has the last word on claims, and tokens of any go to where claims do not matter', () => {
  const client = createClient({ ...options, claims: z.object({ sub: z.string(), level: z.number() }) })
  type Claims = { sub: string; level: number }
  expectTypeOf(client).toEqualTypeOf<Client<Claims>>()
  expectTypeOf<LoggedIn<Awaited<ReturnType<typeof client.completeLogin>>>['tokens']['claims']>().toEqualTypeOf<Claims | undefined>()
  expectTypeOf(client.revoke).parameter(0).toEqualTypeOf<TokenSet<unknown>>()
  expectTypeOf(client.userInfo).parameter(0).toEqualTypeOf<TokenSet<unknown>>()
  expectTypeOf<{ tokens: TokenSet<Claims> }>().toExtend<NonNullable<Parameters<typeof client.logoutUrl>[0]>>()
  expectTypeOf(formatTokenSet).parameter(0).toEqualTypeOf<TokenSet<unknown>>()
})

test('standard claims of a user have their types, and others have none', () => {
  expectTypeOf<UserInfo['sub']>().toEqualTypeOf<string>()
  expectTypeOf<UserInfo['email_verified']>().toEqualTypeOf<boolean | undefined>()
  expectTypeOf<UserInfo['department']>().toEqualTypeOf<unknown>()
})
