import type { Client } from '../../client.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import type { RefreshTokenSource } from '../../token-source-grant.js'
import { reasonOfLeftOutIdToken } from '../left-out-id-token.js'
import { createTokenKeeper } from './token-keeper.js'
import type { TokenOrigin } from './token-origin.js'

/** The session whose tokens are renewed. */
export interface SessionOriginInput<Claims> {
  readonly client: Pick<Client<Claims>, 'refresh'>
  readonly grant: RefreshTokenSource<Claims>
  readonly now: () => number
  report(event: TokenSourceEvent): void
}

/** New tokens for a refresh token, which the app keeps. */
export function createSessionOrigin<Claims>({ client, grant, now, report }: SessionOriginInput<Claims>): TokenOrigin<Claims> {
  const { type: _, tokens: initial, onTokens, ...request } = grant
  const onFailure = (error: unknown) => report({ kind: 'tokens_not_kept', error })
  const keeper = onTokens && createTokenKeeper<Claims>({ onTokens, now, onFailure })
  return {
    initial,
    canRenew: (tokens) => tokens?.refreshToken !== undefined,
    async renew({ held = initial }) {
      const tokens = await client.refresh(held, request)
      const leftOut = reasonOfLeftOutIdToken(tokens)
      if (leftOut !== undefined) report({ kind: 'id_token_left_out', error: leftOut })
      return tokens
    },
    keep: async (tokens) => keeper?.keep(tokens),
    beforeAnswer: () => keeper?.retry(),
    stop: async () => keeper?.stop(),
  }
}
