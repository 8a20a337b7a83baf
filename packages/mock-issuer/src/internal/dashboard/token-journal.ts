import { sha256Base64url } from '../sha256.js'
import type { IssuedAccessToken, IssuedAccessTokens } from '../tokens/issued-access-tokens.js'

/** An access token as the dashboard describes it: decoded, with nothing in it that could be presented. */
export interface JournalEntry {
  readonly issued: IssuedAccessToken
  /** The decoded header of a JWT; `undefined` for a token that has none that can be read. */
  readonly header: Readonly<Record<string, unknown>> | undefined
  /** The start of the token's SHA-256, by which it can be told from others. */
  readonly fingerprint: string
  readonly issuedAtMs: number
}

/** The access tokens that were issued last, the expired and the revoked ones included. */
export interface TokenJournal {
  /** Newest first. */
  entries(): Promise<readonly JournalEntry[]>
  /** Notes down what is added to the memory of issued tokens, which works as before. */
  observe(issued: IssuedAccessTokens): IssuedAccessTokens
}

const maxEntries = 50

export function createTokenJournal({ now }: { now: () => number }): TokenJournal {
  // Described when somebody looks: issuing a token must not take longer for it.
  const noted: { token: string; issued: IssuedAccessToken; issuedAtMs: number }[] = []
  return {
    entries: () =>
      Promise.all(
        noted.toReversed().map(async ({ token, issued, issuedAtMs }) => {
          return { issued, header: decodeHeader(token), fingerprint: (await sha256Base64url(token)).slice(0, 12), issuedAtMs }
        }),
      ),
    observe: (memory) => ({
      ...memory,
      add(token, issued) {
        noted.push({ token, issued, issuedAtMs: now() })
        if (noted.length > maxEntries) noted.shift()
        memory.add(token, issued)
      },
    }),
  }
}

function decodeHeader(token: string): Readonly<Record<string, unknown>> | undefined {
  const [header = '', , signature] = token.split('.')
  if (signature === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
