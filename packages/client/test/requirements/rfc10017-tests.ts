import { testsOf } from './requirement.js'
import { browserLogin, tokensInChromium } from './test-files.js'

const here = testsOf('packages/client/test/requirements/rfc10017.test.ts')

// What several demands of RFC 10017 are held by.
export const redeems = here(
  'a code is redeemed with the verifier of its attempt, at the redirect URI that is configured, and without a secret',
)
export const injected = here('the code of another attempt is of no use, though its callback says that it is of this one')
export const tokenInCallback = here('a token that comes in a callback is not taken, with %j beside it')
export const answersLogin = here('what a login answers, and what the page is told of it, has neither refresh token nor access token in it')
export const grants = here('a code and what it brought are the only grants, and each refresh token is used once')
export const asks = browserLogin('asks for a login with PKCE, state and nonce, all new each time')
export const forged = browserLogin('refuses a callback with %s, and asks for no tokens')
export const sealed = tokensInChromium('a reload keeps the session, whose record is sealed under keys that cannot be taken along')
