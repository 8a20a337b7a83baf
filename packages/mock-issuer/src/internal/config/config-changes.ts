import type { Config } from './config-schema.js'
import { placeOf } from './describe-issue.js'

/** By which member the entries of a list are told apart, wherever in it they stand. */
const identities: Readonly<Record<string, string>> = { clients: 'clientId', users: 'sub', trustedIssuers: 'issuer' }

/** The members that count where the server is started, and not later. */
const ofStart = new Set(['port', 'host', 'https'])

/** No configuration is deeper; what a program made may be. */
const maxDepth = 20

type Path = readonly PropertyKey[]

/**
 * Says in what a configuration differs from the one before, one line for each member, with its place. Numbers, `true` and `false` are shown,
 * and no text, which may be a secret. Empty when nothing changed. Functions and other objects of a program, such as schemas, may have changed
 * if they are others: what a function does depends on more than its source, on what it imports above all.
 */
export function describeConfigChanges(before: Config, after: Config): readonly string[] {
  return compare([], before, after).map(({ path, change }) => {
    const [member] = path
    return `${placeOf(path)}${change}${ofStart.has(String(member)) ? ', from the next start on' : ''}`
  })
}

interface Change {
  readonly path: Path
  /** What completes a line that begins with the place. */
  readonly change: string
}

function compare(path: Path, before: unknown, after: unknown): readonly Change[] {
  if (Object.is(before, after)) return []
  if (before === undefined) return [{ path, change: isShown(after) ? ` is ${String(after)} now` : ' is new' }]
  if (after === undefined) return [{ path, change: ' is gone' }]
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, before, after)
  if (isPlain(before) && isPlain(after) && path.length < maxDepth) return compareMembers(path, before, after)
  if (isShown(before) && isShown(after)) return [{ path, change: `: ${String(before)} → ${String(after)}` }]
  return [{ path, change: isOpaque(before) && isOpaque(after) ? ' may have changed' : ' changed' }]
}

function compareMembers(
  path: Path,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => compare([...path, name], own(before, name), own(after, name)))
}

function compareLists(path: Path, before: readonly unknown[], after: readonly unknown[]): readonly Change[] {
  const identity = identities[String(path.at(-1))]
  const [old, now] = [byIdentity(before, identity), byIdentity(after, identity)]
  if (old === undefined || now === undefined) {
    const isSame = before.length === after.length && before.every((entry, index) => compare(path, entry, after[index]).length === 0)
    return isSame ? [] : [{ path, change: ' changed' }]
  }
  const changes = compareMembers(path, old, now)
  const kept = (names: readonly string[], others: object): string => JSON.stringify(names.filter((name) => Object.hasOwn(others, name)))
  const isOrdered = kept(Object.keys(old), now) === kept(Object.keys(now), old)
  return isOrdered ? changes : [...changes, { path, change: ' are in another order' }]
}

/** The entries by what tells them apart, or `undefined` for a list of something else. */
function byIdentity(entries: readonly unknown[], identity: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (identity === undefined) return undefined
  const found = Object.create(null) as Record<string, unknown>
  for (const entry of entries) {
    const id = isPlain(entry) ? own(entry, identity) : undefined
    if (typeof id !== 'string' || id in found) return undefined
    found[id] = entry
  }
  return found
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether nobody can tell from outside in what one differs from another: a function, and an object that a program made. */
function isOpaque(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

function isShown(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

// A member may be named like one that every object inherits.
function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
