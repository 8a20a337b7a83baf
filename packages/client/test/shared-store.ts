import type { MockIssuer } from '@bailiwick/mock-issuer'
import type { Store } from '@bailiwick/protocol'
import type { Client } from '../src/client.js'
import { createTokenSource } from '../src/create-token-source.js'
import type { TokenSourceEvent } from '../src/token-source-event.js'
import { machineOf } from './machine.js'

/** What the instances ask for. */
export const grant = { type: 'client_credentials', scope: 'orders_read' } as const

/** A store that can be looked at. */
export interface WatchedStore extends Store {
  readonly writes: { key: string; value: string; ttlMs: number }[]
  /** Waits for the next write: what a test has an instance do in place of sleeping. */
  written(): Promise<void>
}

/** A store that tells what is written, parts of which a test may break. */
export function watched(store: Store, broken: Partial<Store> = {}): WatchedStore {
  const writes: WatchedStore['writes'] = []
  const waiting: (() => void)[] = []
  const set: Store['set'] = async (key, value, options) => {
    writes.push({ key, value, ...options })
    await store.set(key, value, options)
    for (const goOn of waiting.splice(0)) goOn()
  }
  return { ...store, set, ...broken, writes, written: () => new Promise((goOn) => void waiting.push(goOn)) }
}

/** As many instances of a service as are needed, each with a client of its own. */
export function instances(issuer: MockIssuer, store: Store, count: number, onEvent?: (event: TokenSourceEvent) => void, client?: Client) {
  return Array.from({ length: count }, () =>
    createTokenSource({ client: client ?? machineOf(issuer), grant, store, now: issuer.clock.now, onEvent }),
  )
}
