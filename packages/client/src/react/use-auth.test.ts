import { expectTypeOf, test } from 'vitest'
import type { LoginFailure, UserClaims } from '../browser/browser-client.js'
import type { Auth } from './use-auth.js'

test('the user, and why a login brought nothing, can be taken from what is known whatever the status', () => {
  expectTypeOf<Auth['user']>().toEqualTypeOf<UserClaims | undefined>()
  expectTypeOf<Auth['error']>().toEqualTypeOf<LoginFailure | undefined>()
})
