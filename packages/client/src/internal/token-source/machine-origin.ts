import type { Store } from '@bailiwick/protocol'
import type { Client } from '../../client.js'
import { formatTokenSet, type TokenSet } from '../../token-set.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import type { ClientCredentialsSource, JwtBearerSource } from '../../token-source-grant.js'
import { noDifferenceMs } from '../server-clock.js'
import { formatCacheKey } from './cache-key.js'
import type { TokenOrigin } from './token-origin.js'
import { createServerTimes } from './server-times.js'
import { createSharedTokens } from './shared-tokens.js'
import { withTimeLimit } from './time-limit.js'
import { aheadOf, lifeOf, type TokenLifePolicy } from './token-life.js'

/** The machine, and where it shares its tokens. */
export interface MachineOriginInput<Claims> {
  readonly client: Client<Claims>
  readonly grant: ClientCredentialsSource | JwtBearerSource
  readonly store: Store | undefined
  readonly policy: TokenLifePolicy
  readonly now: () => number
  sleep(milliseconds: number): Promise<void>
  report(event: TokenSourceEvent): void
}

const assertionLimitMs = 10_000

/** Tokens that a machine gets by itself. */
export function createMachineOrigin<Claims>(input: MachineOriginInput<Claims>): TokenOrigin<Claims> {
  const request = () => askFor(input)
  return {
    initial: undefined,
    canRenew: () => true,
    renew: input.store === undefined ? request : createSharedTokens({ ...sharing(input), store: input.store, request }),
    async keep() {},
    beforeAnswer() {},
    async stop() {},
  }
}

async function askFor<Claims>({ client, grant }: MachineOriginInput<Claims>): Promise<TokenSet<Claims>> {
  if (grant.type === 'client_credentials') {
    const { type: _, ...options } = grant
    return client.clientCredentials(options)
  }
  const { type: _, assertion, subject: __, ...options } = grant
  return client.jwtBearer(await withTimeLimit('grant.assertion', assertionLimitMs, assertion), options)
}

function sharing<Claims>({ client, grant, policy, now, sleep, report }: MachineOriginInput<Claims>) {
  const times = createServerTimes(client)
  return {
    sleep,
    key: async () =>
      formatCacheKey({ issuer: client.issuer, clientId: client.clientId, grant, keyThumbprint: await client.keyThumbprint() }),
    format: (tokens: TokenSet<Claims>) => formatTokenSet(times.toServer(tokens)),
    parse: async (text: string): Promise<TokenSet<Claims>> => times.fromServer(await client.parseTokenSet(text)),
    leftMs: (tokens: TokenSet<Claims>) => lifeOf(tokens, policy, now()).leftMs,
    isFresh(tokens: TokenSet<Claims>, minimumMs: number) {
      const time = now()
      // Received in the future: the times are of a wrong clock, and how long it lives yet is not known.
      if (tokens.receivedAt * 1000 - time > noDifferenceMs) return false
      const { lifeMs, leftMs } = lifeOf(tokens, policy, time)
      return leftMs > Math.max(aheadOf(lifeMs, policy), Math.min(minimumMs, lifeMs / 2))
    },
    onStoreFailure(error: unknown): undefined {
      report({ kind: 'store_failed', error })
    },
  }
}
