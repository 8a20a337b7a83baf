import type { FaultKind } from '../../fault-kind.js'
import type { Fault, FaultOptions, TransportFault } from '../../fault.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { EndpointName } from '../../request-log.js'
import { endpointPaths } from '../http/endpoint.js'

type KindOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>

type OwnMember<Kind extends FaultKind> = Exclude<keyof KindOf<Kind>, 'kind' | 'endpoint' | keyof FaultOptions>

/** What a member must be. */
interface MemberCheck {
  readonly expected: string
  readonly required?: true
  passes(value: unknown): boolean
}

const endpointNames = Object.keys(endpointPaths) as readonly EndpointName[]

const flag: MemberCheck = { expected: 'true or false', passes: (value: unknown) => typeof value === 'boolean' }
const text: MemberCheck = { expected: 'a string', passes: (value: unknown) => typeof value === 'string' }
const filled: MemberCheck = {
  expected: 'a string that is not empty',
  passes: (value: unknown) => typeof value === 'string' && value !== '',
}
const statuses: readonly unknown[] = [301, 302, 303, 307, 308]
const cuts: readonly unknown[] = ['connection-lost', 'body-cut']

const members: { readonly [Kind in FaultKind]: { readonly [Member in OwnMember<Kind>]: MemberCheck } } = {
  delay: { delayMs: { ...wholeNumber(0, 600_000), required: true } },
  hang: {},
  reset: { workDone: flag },
  status: {
    status: { ...wholeNumber(200, 599), required: true },
    body: {
      expected: 'an object or a string',
      passes: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
    },
    retryAfterSeconds: wholeNumber(0, 2 ** 31 - 1),
    headers: { expected: 'names and values of headers', passes: areHeaders },
    workDone: flag,
  },
  redirect: {
    location: { expected: 'a URL, absolute or relative', required: true, passes: isLocation },
    status: { expected: `one of ${statuses.join(', ')}`, passes: (value) => statuses.includes(value) },
  },
  truncated: {
    how: { expected: cuts.join(' or '), passes: (value) => cuts.includes(value) },
    keepBytes: wholeNumber(0, 2 ** 30),
  },
  'wrong-content-type': { contentType: { expected: 'the value of a header', passes: (value) => areHeaders({ 'content-type': value }) } },
  huge: { bytes: wholeNumber(1, 2 ** 30) },
  drip: { bytesPerInterval: wholeNumber(1, 65_536), intervalMs: wholeNumber(1, 60_000) },
  'malformed-json': { body: text },
  'stale-keys': {},
  'rotate-mid-flight': { keepOld: flag },
  'clock-skew': { skewSeconds: { expected: 'a finite number', required: true, passes: Number.isFinite } },
  'wrong-issuer': { issuer: { ...filled, required: true } },
}

/** Which endpoints can have the kinds that not all can have: as in the type of a fault, for those who have no types. */
const endpointsOf: { readonly [Kind in Exclude<FaultKind, TransportFault['kind']>]: readonly KindOf<Kind>['endpoint'][] } = {
  'malformed-json': endpointNames.filter((name) => !isPage(name)),
  'stale-keys': ['jwks'],
  'rotate-mid-flight': ['jwks', 'token'],
  'clock-skew': ['token'],
  'wrong-issuer': ['openid-configuration', 'oauth-authorization-server', 'token', 'introspection', 'authorization', 'login'],
}

const shared: Readonly<Record<keyof FaultOptions | 'endpoint' | 'kind', MemberCheck>> = {
  endpoint: {
    expected: `one of *, ${endpointNames.join(', ')}`,
    required: true,
    passes: (value) => value === '*' || (typeof value === 'string' && Object.hasOwn(endpointPaths, value)),
  },
  kind: { expected: `one of ${Object.keys(members).join(', ')}`, required: true, passes: (value) => typeof value === 'string' },
  times: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  key: { expected: '1 to 256 printable ASCII characters', passes: (value) => typeof value === 'string' && isFaultKey(value) },
  when: { expected: 'a function', passes: (value) => typeof value === 'function' },
}

/** Whether this can be the key of a fault: it has to fit into a header as it is, so it neither begins nor ends with a space. */
export function isFaultKey(key: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/.test(key)
}

/**
 * Reads a fault: a frozen copy.
 * @throws {MockIssuerError} `invalid_option`, with the member and the fix
 */
export function readFault(fault: Fault): Fault {
  const own = Object.hasOwn(members, fault.kind) ? members[fault.kind] : undefined
  if (own === undefined) throw invalid('kind', shared.kind.expected, fault.kind)
  const checks: Readonly<Record<string, MemberCheck>> = { ...shared, ...own }
  const given: Readonly<Record<string, unknown>> = { ...fault }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(checks, name)) continue
    throw invalid(name, `left out: faults of the kind "${fault.kind}" have no such member`, value)
  }
  for (const [name, { expected, required, passes }] of Object.entries(checks)) {
    const value = given[name]
    if (value === undefined ? required === true : !passes(value)) throw invalid(name, expected, value)
  }
  const endpoints: Readonly<Record<string, readonly string[]>> = endpointsOf
  const possible = Object.hasOwn(endpoints, fault.kind) ? endpoints[fault.kind] : undefined
  if (possible?.includes(fault.endpoint) === false) {
    throw invalid('endpoint', `one of ${possible.join(', ')} for the kind "${fault.kind}"`, fault.endpoint)
  }
  return Object.freeze({ ...fault })
}

function invalid(member: string, expected: string, value: unknown): MockIssuerError {
  const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value)
  return new MockIssuerError('invalid_option', `The member "${member}" of a fault must be ${expected}; it is ${got.slice(0, 100)}.`)
}

function wholeNumber(from: number, to: number): MemberCheck {
  return {
    expected: `a whole number from ${from} to ${to}`,
    passes: (value) => typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to,
  }
}

function areHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  try {
    return Object.entries(value).every(([name, content]) => typeof content === 'string' && new Headers([[name, content]]).has(name))
  } catch {
    return false
  }
}

// A header holds bytes: what is not ASCII is to be percent-encoded, as in any Location.
function isLocation(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

type PageEndpointName = Exclude<EndpointName, KindOf<'malformed-json'>['endpoint']>

function isPage(name: EndpointName): name is PageEndpointName {
  const pages: Readonly<Record<PageEndpointName, true>> = {
    authorization: true,
    login: true,
    dashboard: true,
    'end-session': true,
    'logout-confirmation': true,
    device: true,
  }
  return Object.hasOwn(pages, name)
}
