import { type Client, ClientError, createTokenSource, type IdTokenClaims, type TokenSet } from '@bailiwick/client'
import { loginOnLoopback, type OpenBrowser } from '@bailiwick/client/loopback'
import type { SessionFile } from './session-file.js'

/** What the tool works with. */
export interface Tool {
  readonly client: Client
  readonly session: SessionFile
  /** `undefined` where there is none. */
  readonly openBrowser: OpenBrowser | undefined
  readonly print: (line: string) => void
  readonly signal?: AbortSignal
}

const commands: Readonly<Record<string, (tool: Tool) => Promise<number>>> = { login, whoami, logout }

/** Runs `login`, `whoami` or `logout`, and gives the exit code. */
export async function runCommand(name: string | undefined, tool: Tool): Promise<number> {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name ?? ''] : undefined
  if (command === undefined) {
    tool.print(`Usage: shop ${Object.keys(commands).join(' | ')}`)
    return 2
  }
  try {
    return await command(tool)
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    tool.print(error.code === 'session_ended' ? 'Your session has ended. Log in again: shop login' : error.message)
    return 1
  }
}

async function login({ client, session, openBrowser, print, signal }: Tool): Promise<number> {
  const outcome = await loginOnLoopback({
    client,
    openBrowser,
    onLoginUrl: (url) => print(`Your browser opens. If it does not, go to ${url}`),
    onUserCode: ({ verificationUri, userCode }) => print(`Open ${verificationUri} on any device, and type ${userCode}`),
    // A refresh token that outlasts the browser's session has to be asked for with consent (OpenID Connect Core §11).
    login: { prompt: 'consent' },
    applicationName: 'the shop tool',
    ...(signal && { signal }),
  })
  if (outcome.kind !== 'logged-in') {
    print(`You are not logged in: ${endings[outcome.kind]}.`)
    return 1
  }
  await session.save(outcome.tokens)
  print(`You are logged in as ${outcome.tokens.claims?.sub ?? 'somebody'}.`)
  return 0
}

const endings = {
  refused: 'the login was refused',
  expired: 'that took too long',
  rejected: 'what came back cannot be trusted',
} as const

async function whoami(tool: Tool): Promise<number> {
  const tokens = await tool.session.load()
  if (tokens === undefined) return nobody(tool)
  const fresh = await keepFresh(tool, tokens)
  const { sub, name } = await tool.client.userInfo(fresh)
  tool.print(typeof name === 'string' ? `${name} (${sub})` : sub)
  return 0
}

/** The tokens, renewed if it is time; a new refresh token is in the file before anything else happens. */
function keepFresh({ client, session }: Tool, tokens: TokenSet<IdTokenClaims>): Promise<TokenSet<IdTokenClaims>> {
  return createTokenSource({ client, grant: { type: 'refresh_token', tokens, onTokens: session.save } }).getTokens()
}

async function logout(tool: Tool): Promise<number> {
  const tokens = await tool.session.load()
  if (tokens === undefined) return nobody(tool)
  await tool.client.revoke(tokens)
  await tool.session.remove()
  tool.print('You are logged out.')
  return 0
}

function nobody({ print }: Tool): number {
  print('You are not logged in. Log in: shop login')
  return 1
}
