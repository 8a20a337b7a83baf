import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import { laxities } from '../../laxity.js'
import type { Laxity } from '../../laxity.js'
import type { IssuerUser } from '../../user.js'
import { createPaint } from '../attack/paint.js'
import type { Paint } from '../attack/paint.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import { endpointPaths } from '../http/endpoint.js'
import { endpointUrl } from '../issuer-name.js'
import { printable } from '../invisible-characters.js'

/** An issuer, as the start text shows it. */
export interface StartedIssuer {
  readonly issuer: string
  readonly clients: Iterable<IssuerClient>
  readonly users: readonly IssuerUser[]
  readonly contract: IssuerContract | undefined
  readonly lax: ReadonlySet<Laxity>
  readonly hasDashboard: boolean
}

/** What the command prints once it listens. */
export interface StartTextInput {
  readonly version: string
  readonly readyMs: number
  /** The URL of the socket. */
  readonly url: string
  readonly issuers: readonly StartedIssuer[]
  /** How many issuers requests may make. */
  readonly maxOnDemandIssuers: number
  readonly config: string | undefined
  readonly watch: boolean
  readonly isColoured: boolean
}

/** Says where the issuers are, who is known to them, and what they are lax about. No secret is in it. */
export function startText(input: StartTextInput): string {
  const paint = createPaint(input.isColoured)
  const [issuer] = input.issuers
  const isOne = input.issuers.length === 1 && input.maxOnDemandIssuers === 0 && issuer !== undefined
  const lines = [
    '',
    `  ${paint.bold('Bailiwick mock issuer')} ${paint.dim(`${input.version}, ready in ${Math.round(input.readyMs)} ms`)}`,
    '',
    ...(isOne ? describeOne(issuer, paint) : describeMany(input, paint)),
    ...(input.config === undefined ? [] : ['', row('Config', [`${printable(input.config)}${input.watch ? ', watched' : ''}`], paint)]),
    '',
    paint.dim('  For tests and local work: it asks for no passwords. Ctrl+C stops it.'),
    '',
  ]
  return `${lines.join('\n')}\n`
}

function describeOne(issuer: StartedIssuer, paint: Paint): readonly string[] {
  const at = (path: string): string => endpointUrl(issuer.issuer, path)
  return [
    row('Issuer', [paint.bold(issuer.issuer)], paint),
    row('Discovery', [paint.bold(at(endpointPaths['openid-configuration']))], paint),
    row('Login', [paint.bold(at(endpointPaths.authorization))], paint),
    ...(issuer.hasDashboard ? [row('Dashboard', [paint.bold(at(endpointPaths.dashboard))], paint)] : []),
    '',
    row('Clients', table([...issuer.clients].map(describeClient), paint), paint),
    row('Users', table(issuer.users.map(describeUser), paint), paint),
    ...(issuer.contract === undefined ? [] : [row('Scopes', table(describeScopes(issuer.contract), paint), paint)]),
    row('Lax', describeLax(issuer.lax, paint), paint),
  ]
}

function describeMany({ url, issuers, maxOnDemandIssuers }: StartTextInput, paint: Paint): readonly string[] {
  const rows = issuers.map(({ issuer, lax }): readonly string[] => [issuer, lax.size === 0 ? '' : `lax: ${[...lax].join(', ')}`])
  return [
    row('Index', [paint.bold(`${url}/`)], paint),
    ...(rows.length === 0 ? [] : [row('Issuers', table(rows, paint), paint)]),
    ...(maxOnDemandIssuers === 0 ? [] : [row('On demand', [`${url}/<any-name>, up to ${maxOnDemandIssuers}`], paint)]),
    row(
      'Each has',
      [endpointPaths['openid-configuration'], ...(issuers.some(({ hasDashboard }) => hasDashboard) ? [endpointPaths.dashboard] : [])],
      paint,
    ),
  ]
}

function describeClient(client: IssuerClient): readonly string[] {
  const { clientId, redirectUris = [] } = client
  const [uri = '', ...others] = redirectUris
  return [clientId, isPublicClient(client) ? 'public' : 'confidential', others.length === 0 ? uri : `${uri} and ${others.length} more`]
}

function describeUser({ sub, name, profile, description }: IssuerUser): readonly string[] {
  const profileName = profile?.['name']
  const shown = name ?? (typeof profileName === 'string' ? profileName : '')
  return [sub, [shown, description].filter((part) => part !== undefined && part !== '').join(', ')]
}

function describeScopes({ scopes }: IssuerContract): readonly (readonly string[])[] {
  return Object.entries(scopes).map(([name, { claims = [] }]) => [name, claims.length === 0 ? '' : `needs ${claims.join(', ')}`])
}

function describeLax(lax: ReadonlySet<Laxity>, paint: Paint): readonly string[] {
  if (lax.size === 0) return ['nothing: every rule is kept to']
  return [...lax].map((name) => `${paint.yellow(name)}  ${laxities[name]}`)
}

const maxRows = 12

/** Columns, of which the first is the name; the rest is quieter. */
function table(rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  const clean = rows.slice(0, maxRows).map((cells) => cells.map(printable))
  const widths = (clean[0] ?? []).map((_, column) => Math.max(...clean.map((cells) => cells[column]?.length ?? 0)))
  const lines = clean.map((cells) => {
    const [name = '', ...rest] = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))
    return `${name}  ${paint.dim(rest.join('  ').trimEnd())}`.trimEnd()
  })
  return rows.length > maxRows ? [...lines, paint.dim(`and ${rows.length - maxRows} more`)] : lines
}

const labelWidth = 11

function row(label: string, lines: readonly string[], paint: Paint): string {
  const [first = '', ...rest] = lines
  const indent = ' '.repeat(labelWidth + 2)
  return [`  ${paint.dim(label.padEnd(labelWidth))}${first}`, ...rest.map((line) => indent + line)].join('\n')
}
