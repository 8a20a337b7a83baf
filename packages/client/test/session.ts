import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { IdTokenClaims } from '../src/client-options.js'
import { createTokenSource } from '../src/create-token-source.js'
import type { TokenSet } from '../src/token-set.js'
import type { TokenSourceEvent } from '../src/token-source-event.js'
import { appOf } from './app.js'
import { loggedIn } from './logged-in.js'
import { tokenRequests } from './machine.js'

/** What the app does with what its source tells. */
export interface SessionHooks {
  readonly onTokens?: ((tokens: TokenSet<IdTokenClaims>) => void | Promise<void>) | undefined
  readonly onEvent?: (event: TokenSourceEvent) => void
}

/** John has logged in at an issuer in process, and the app has a source of his tokens. */
export async function session(hooks: SessionHooks = {}, options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const tokens = await loggedIn(issuer)
  const before = tokenRequests(issuer)
  return { issuer, tokens, source: sourceOf(issuer, tokens, hooks), refreshes: () => tokenRequests(issuer) - before }
}

/** The source of an app that has these tokens of a user. */
export function sourceOf(issuer: MockIssuer, tokens: TokenSet<IdTokenClaims>, { onTokens, onEvent }: SessionHooks = {}) {
  return createTokenSource({
    client: appOf(issuer),
    grant: { type: 'refresh_token', tokens, onTokens },
    onEvent,
    now: issuer.clock.now,
  })
}
