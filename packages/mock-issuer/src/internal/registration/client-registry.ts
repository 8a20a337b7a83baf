import type { IssuerClient } from '../../client.js'
import { createExpiringMap } from '../expiring-map.js'
import type { ExpiringMap } from '../expiring-map.js'
import type { ClientMetadata } from './client-metadata.js'

/** A client that registered itself. */
export interface ClientRegistration {
  readonly client: IssuerClient
  readonly metadata: ClientMetadata
  /** When, in seconds since the epoch. */
  readonly issuedAtSeconds: number
  /** The token by which the client reads and changes its registration (RFC 7592 §1.2). */
  readonly accessToken: string
  /** Whether anyone could have registered it, without an initial access token. */
  readonly isOpen: boolean
}

/** All clients of one issuer: those of its options, and those that registered themselves. */
export interface ClientRegistry {
  /** By `client_id`. Live: it changes with the registrations. */
  readonly clients: ReadonlyMap<string, IssuerClient>
  /** The origins of all redirect URIs. Live. */
  readonly origins: ReadonlySet<string>
  /** Those that registered themselves, oldest first. */
  registrations(): readonly ClientRegistration[]
  find(clientId: string): ClientRegistration | undefined
  /** Adds a registration, or replaces the one of the same `client_id`, which keeps its place. */
  put(registration: ClientRegistration): void
  remove(clientId: string): void
  /** Whether a client was removed: what was issued to it is of no use any more (RFC 7592 §2.3). The last 10,000 are known. */
  wasRemoved(clientId: string): boolean
  /** Their ids. */
  readonly removed: ExpiringMap<true>
}

export interface ClientRegistryInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  /** A registry whose registrations are gone on with. */
  readonly kept?: ClientRegistry | undefined
  now(): number
}

const maxRegistrations = 10_000
const maxOpenRegistrations = 500

/**
 * Creates the registry of one issuer. Beyond 500 clients that registered without an initial access token, the oldest of them are removed;
 * beyond 10,000 in all, the oldest of all.
 */
export function createClientRegistry({ clients: configured, kept, now }: ClientRegistryInput): ClientRegistry {
  const registered = new Map<string, ClientRegistration>()
  const clients = new Map<string, IssuerClient>()
  const uses = new Map<string, number>()
  const origins = new Set<string>()
  const removed = kept?.removed ?? createExpiringMap<true>({ now, maxEntries: maxRegistrations })

  function add(client: IssuerClient): void {
    drop(client.clientId)
    clients.set(client.clientId, client)
    for (const origin of webOrigins(client)) {
      uses.set(origin, (uses.get(origin) ?? 0) + 1)
      origins.add(origin)
    }
  }

  function drop(clientId: string): void {
    const client = clients.get(clientId)
    if (client === undefined) return
    clients.delete(clientId)
    for (const origin of webOrigins(client)) {
      const left = (uses.get(origin) ?? 1) - 1
      uses.set(origin, left)
      if (left > 0) continue
      uses.delete(origin)
      origins.delete(origin)
    }
  }

  function remove(clientId: string): void {
    if (!registered.delete(clientId)) return
    drop(clientId)
    removed.set(clientId, true, Infinity)
  }

  function makeRoom({ isOpen }: ClientRegistration): void {
    const [oldest] = registered.keys()
    const open = isOpen ? [...registered.values()].filter((registration) => registration.isOpen) : []
    const [oldestOpen] = open
    if (open.length >= maxOpenRegistrations && oldestOpen !== undefined) remove(oldestOpen.client.clientId)
    else if (registered.size >= maxRegistrations && oldest !== undefined) remove(oldest)
  }

  function put(registration: ClientRegistration): void {
    const { clientId } = registration.client
    if (!registered.has(clientId)) makeRoom(registration)
    registered.set(clientId, registration)
    add(registration.client)
  }

  for (const client of configured.values()) add(client)
  for (const registration of kept?.registrations() ?? []) if (!configured.has(registration.client.clientId)) put(registration)

  return {
    clients,
    origins,
    registrations: () => [...registered.values()],
    find: (clientId) => registered.get(clientId),
    put,
    remove,
    removed,
    wasRemoved: (clientId) => removed.get(clientId) === true,
  }
}

function webOrigins({ redirectUris = [] }: IssuerClient): readonly string[] {
  return redirectUris.map((uri) => new URL(uri).origin).filter((origin) => origin !== 'null')
}
