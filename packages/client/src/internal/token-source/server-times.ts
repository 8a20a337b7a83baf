import type { Client } from '../../client.js'
import { TokenSet } from '../../token-set.js'
import { clockOf } from '../client-clock.js'
import { withTimeLimit } from './time-limit.js'

/** A token that is good is not kept waiting for long, to be dated better. */
const metadataLimitMs = 1000

/** Moves the times of tokens between the clock of this machine and that of the server, which all who share a store can know. */
export interface ServerTimes {
  /** From this machine's to the server's. */
  toServer<Claims>(tokens: TokenSet<Claims>): TokenSet<Claims>
  /** And back. Asks for the metadata first, if they are not known, since their answer tells the time; without one in a second, this machine's is taken for the server's. */
  fromServer<Claims>(tokens: TokenSet<Claims>): Promise<TokenSet<Claims>>
}

/**
 * Makes what reads and writes times by the server's clock, as far as the client has learned it from `Date`. Seconds are rounded down, so that no token lives
 * longer for having been stored.
 */
export function createServerTimes(client: Pick<Client<unknown>, 'metadata'>): ServerTimes {
  const aheadMs = () => clockOf(client)?.aheadMs() ?? 0
  return {
    toServer: (tokens) => moved(tokens, aheadMs()),
    async fromServer(tokens) {
      await withTimeLimit('The metadata', metadataLimitMs, () => client.metadata()).catch(ignore)
      return moved(tokens, -aheadMs())
    },
  }
}

function moved<Claims>(tokens: TokenSet<Claims>, byMs: number): TokenSet<Claims> {
  const seconds = Math.floor(byMs / 1000)
  const { receivedAt, expiresAt, ...members } = TokenSet.membersOf(tokens)
  return new TokenSet<Claims>({
    ...members,
    receivedAt: receivedAt + seconds,
    expiresAt: expiresAt === undefined ? undefined : expiresAt + seconds,
  })
}

/** A server that is down has a token in the store all the more used. */
function ignore(): void {}
