import { type Client, createClient, createTokenSource, type TokenSource } from '@bailiwick/client'

/** A user's session on a server, and what the app has kept of it. */
interface UserSession {
  /** How far its clock is ahead. */
  readonly clock: { aheadMs: number }
  readonly source: TokenSource
  /** How long the app takes to keep tokens: a timer, which a Worker ends with the request that set it. */
  readonly keeping: { takesMs: number; times: number }
}

const clients = new Map<string, Client>()
const sessions = new Map<string, UserSession>()

function clientOf(issuer: string): Client {
  const redirectUri = 'https://app.example.com/callback'
  const client = clients.get(issuer) ?? createClient({ issuer, clientId: 'app', authentication: { method: 'none' }, redirectUri })
  clients.set(issuer, client)
  return client
}

export async function startSession({ issuer }: { issuer: string }): Promise<{ url: string; transaction: string }> {
  const { url, transaction } = await clientOf(issuer).startLogin({ scope: 'openid offline_access' })
  return { url, transaction }
}

export async function openSession({
  issuer,
  ...login
}: {
  issuer: string
  callback: string
  transaction: string
}): Promise<{ kind: string }> {
  const client = clientOf(issuer)
  const outcome = await client.completeLogin({ callback: new URL(login.callback), transaction: login.transaction })
  if (outcome.kind !== 'logged-in') return { kind: outcome.kind }
  const clock = { aheadMs: 0 }
  const keeping = { takesMs: 0, times: 0 }
  const onTokens = async () => {
    if (keeping.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, keeping.takesMs))
    keeping.times += 1
  }
  const grant = { type: 'refresh_token', tokens: outcome.tokens, onTokens } as const
  sessions.set(issuer, { clock, keeping, source: createTokenSource({ client, grant, now: () => Date.now() + clock.aheadMs }) })
  return { kind: outcome.kind }
}

/** What comes of asking for tokens, once so much time has passed for the session, and how often tokens have been kept by then. */
export async function askSession({ issuer, aheadMs, takesMs }: { issuer: string; aheadMs: number; takesMs: number }) {
  const session = sessions.get(issuer)
  if (session === undefined) throw new Error('no session was opened')
  const { clock, keeping, source } = session
  clock.aheadMs = aheadMs
  keeping.takesMs = takesMs
  const { claims } = await source.getTokens()
  return { sub: claims?.sub, timesKept: keeping.times }
}
