import { randomBytes } from 'node:crypto'
import { type Client, createTokenSource, type EndableTokenSource, formatTokenSet, type TokenSet } from '@bailiwick/client'

/** The sessions of the app's users. */
export interface Sessions {
  /** Begins one, and gives its id: whoever has that is the user. */
  begin(tokens: TokenSet): string
  /** The one token source of a session; `undefined` if there is no such session. */
  find(id: string | undefined): Promise<EndableTokenSource | undefined>
  /** Ends it here, and gives its last tokens. */
  end(id: string): Promise<TokenSet | undefined>
}

interface Row {
  text: string
  readonly expiresAt: number
}

/** How long a session lasts, in seconds, whatever its tokens say. */
export const sessionSeconds = 28_800

/** @param now milliseconds since the epoch */
export function createSessions(client: Client, now: () => number = Date.now): Sessions {
  /** Stands for a table of a database; what is in it is as good as the tokens. */
  const rows = new Map<string, Row>()
  /** One for a session, however many requests come at once: two that refresh with the same token look like a thief to the server. */
  const sources = new Map<string, Promise<EndableTokenSource>>()

  async function resume(id: string, { text }: Row): Promise<EndableTokenSource> {
    return createTokenSource({
      client,
      grant: { type: 'refresh_token', tokens: await client.parseTokenSet(text), onTokens: (tokens) => keep(id, tokens) },
      now,
      onEvent: (event) => {
        if (event.kind === 'session_ended') forget(id)
        else if (event.kind !== 'renewed') console.warn(event)
      },
    })
  }

  /** Into a session that is there, and never into one that was ended meanwhile. */
  function keep(id: string, tokens: TokenSet): void {
    const row = rows.get(id)
    if (row !== undefined) row.text = formatTokenSet(tokens)
  }

  function forget(id: string): void {
    rows.delete(id)
    sources.delete(id)
  }

  return {
    begin(tokens) {
      for (const [id, { expiresAt }] of rows) if (expiresAt <= now()) forget(id)
      const id = randomBytes(32).toString('base64url')
      rows.set(id, { text: formatTokenSet(tokens), expiresAt: now() + sessionSeconds * 1000 })
      return id
    },
    async find(id) {
      const row = id === undefined ? undefined : rows.get(id)
      if (id === undefined || row === undefined || row.expiresAt <= now()) return undefined
      const present = sources.get(id) ?? resume(id, row)
      sources.set(id, present)
      return present
    },
    async end(id) {
      const source = await this.find(id)
      forget(id)
      return source?.end()
    },
  }
}
