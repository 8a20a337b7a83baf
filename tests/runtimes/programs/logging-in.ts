import { type Client, createAuthorizedFetch, createClient, createTokenSource, TokenSet, type TokenSource } from '@bailiwick/client'

const redirectUri = 'https://app.example.com/callback'
const clients = new Map<string, Client>()
const sources = new Map<string, TokenSource>()

function clientOf(issuer: string): Client {
  const client = clients.get(issuer) ?? createClient({ issuer, clientId: 'app', authentication: { method: 'none' }, redirectUri, dpop: {} })
  clients.set(issuer, client)
  return client
}

export async function startLogin({ issuer }: { issuer: string }): Promise<{ url: string; transaction: string }> {
  const { url, transaction } = await clientOf(issuer).startLogin({ scope: 'openid orders_read offline_access' })
  return { url, transaction }
}

export interface CompletedLogin {
  readonly kind: string
  readonly sub?: unknown
  /** After the tokens were refreshed. */
  readonly refreshed?: string
  /** What the API answered to the new access token and a proof. */
  readonly answer?: unknown
}

/** Completes a login, refreshes its tokens, and calls an API with a proof. */
export async function completeLogin(input: {
  issuer: string
  callback: string
  transaction: string
  api: string
}): Promise<CompletedLogin> {
  const client = clientOf(input.issuer)
  const outcome = await client.completeLogin({ callback: new URL(input.callback), transaction: input.transaction })
  if (outcome.kind !== 'logged-in') return { kind: outcome.kind }
  const { kind, tokens } = outcome
  const refreshed = await client.refresh(tokens)
  const authorizedFetch = createAuthorizedFetch({
    client,
    tokens: { getTokens: async () => refreshed },
    allowedOrigins: [new URL(input.api).origin],
  })
  const response = await authorizedFetch(input.api)
  const sub = tokens.claims?.['sub']
  return { kind, sub, refreshed: refreshed.tokenType, answer: [response.status, await response.json()] }
}

/** How many tokens so many callers get who ask at once, and whether one of them shows when it is logged. */
export async function askForMachineTokens({ issuer, callers }: { issuer: string; callers: number }) {
  const source =
    sources.get(issuer) ?? createTokenSource({ client: machineOf(issuer), grant: { type: 'client_credentials', scope: 'orders_read' } })
  sources.set(issuer, source)
  const tokens = await Promise.all(Array.from({ length: callers }, () => source.getTokens()))
  const [first] = tokens
  return {
    different: new Set(tokens.map(({ accessToken }) => accessToken)).size,
    isTokenSet: first instanceof TokenSet,
    shows: JSON.stringify(first).includes(first?.accessToken ?? ''),
  }
}

interface AgingMachine {
  /** How far its clock is ahead. */
  readonly clock: { aheadMs: number }
  readonly source: TokenSource
}

const aging = new Map<string, AgingMachine>()

/** What tells the token of a machine from its others, once so much time has passed for the machine. */
export async function machineToken({ issuer, aheadMs }: { issuer: string; aheadMs: number }): Promise<{ fingerprint: string }> {
  const machine = aging.get(issuer) ?? createAgingMachine(issuer)
  aging.set(issuer, machine)
  machine.clock.aheadMs = aheadMs
  const bytes = new TextEncoder().encode(await machine.source.getAccessToken())
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { fingerprint: Array.from(hash.slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('') }
}

function createAgingMachine(issuer: string): AgingMachine {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  return { clock, source: createTokenSource({ client: machineOf(issuer), grant: { type: 'client_credentials' }, now }) }
}

function machineOf(issuer: string): Client {
  return createClient({ issuer, clientId: 'service', authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' } })
}
