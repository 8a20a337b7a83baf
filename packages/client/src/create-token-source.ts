import type { IdTokenClaims } from './client-options.js'
import { abortableSleep } from './internal/abortable-sleep.js'
import { createMachineOrigin } from './internal/token-source/machine-origin.js'
import { createRenewal } from './internal/token-source/renewal.js'
import { createReporter } from './internal/token-source/reporter.js'
import { createSessionOrigin } from './internal/token-source/session-origin.js'
import { readTokenSourceOptions } from './internal/token-source/token-source-settings.js'
import type { TokenSet } from './token-set.js'
import type { TokenSourceOptions } from './token-source-options.js'
import type { GetTokensOptions, TokenSource } from './token-source.js'

/** A token source that can be ended. */
export interface EndableTokenSource<Claims = IdTokenClaims> extends TokenSource<Claims> {
  /**
   * Ends it, for a logout: from now on everybody gets `session_ended`, nothing is asked, and `onTokens` is not called. Waits for a request that is under
   * way, so that its answer does not undo the logout, and gives the last tokens there are, for `client.revoke`.
   */
  end(): Promise<TokenSet<Claims> | undefined>
}

/**
 * Creates a token source: of a machine, or of a user's session. However many ask, there is one request at a time.
 *
 * - A token that is good is given at once; near its end it is renewed in the background, when somebody asks. In its last ten seconds, the new one is waited
 *   for, if there is one to be had.
 * - While the server is down or refuses, a token that is still good is given on. Requests pause: from a second, doubling up to 30, or as long as the
 *   server says (`Retry-After`). Without a good token, whoever asks in a pause is told `server_unavailable` at once.
 * - Only `invalid_grant` to a refresh ends a session, and then for good: no further request is made.
 * - A `rejected` token is renewed at most once in 5 seconds; in between, the present one is given.
 * - A machine that slept, or whose clock was set back, does not take an old token for a good one, as far as can be known.
 *
 * Does *not* coordinate several processes with the same session: let one of them refresh it.
 *
 * @example
 * const client = createClient({
 *   issuer: 'https://login.example.com',
 *   clientId: 'nightly-report',
 *   authentication: { method: 'client_secret_basic', clientSecret: 'kept in the environment' },
 * })
 * const tokens = createTokenSource({ client, grant: { type: 'client_credentials', scope: 'orders_read' } })
 * const answer = await fetch('https://api.example.com/orders', { headers: { authorization: `Bearer ${await tokens.getAccessToken()}` } })
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 RFC 6749 §4.4}, §6
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.1 RFC 7523 §2.1}
 */
export function createTokenSource<Claims = IdTokenClaims>(options: TokenSourceOptions<Claims>): EndableTokenSource<Claims> {
  const { client, grant, store, policy, now, onEvent } = readTokenSourceOptions(options)
  const report = createReporter(onEvent)
  const origin =
    grant.type === 'refresh_token'
      ? createSessionOrigin({ client, grant, now, report })
      : createMachineOrigin({ client, grant, store, policy, now, report, sleep: (ms) => abortableSleep(ms, undefined) })
  const renewal = createRenewal<Claims>({ ...origin, policy, now, random: Math.random, report })
  const getTokens = async (asked: GetTokensOptions = {}): Promise<TokenSet<Claims>> => {
    origin.beforeAnswer()
    return renewal.getTokens(asked)
  }
  return Object.freeze({
    getTokens,
    getAccessToken: async (asked?: GetTokensOptions) => (await getTokens(asked)).accessToken,
    async end() {
      const [last] = await Promise.all([renewal.end(), origin.stop()])
      return last
    },
  })
}
