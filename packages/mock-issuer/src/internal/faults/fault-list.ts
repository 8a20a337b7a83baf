import type { FaultRequest } from '../../fault-request.js'
import type { Fault } from '../../fault.js'
import type { FaultHandle, IssuerFaults } from '../../faults.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import { readFault } from './fault-reading.js'

/** The faults of one issuer, as the request handler sees them. */
export interface FaultList extends IssuerFaults {
  /** The fault that this request meets, which counts as met from now on. */
  meet(request: FaultRequest): MetFault | undefined
  /** Ends one of the `active` faults; `false` if it is none. */
  end(fault: Fault): boolean
}

/** A fault that a request has met. */
export interface MetFault {
  readonly fault: Fault
  /** Calls back once the fault is removed, at once if it was; returns what gives that up. */
  onRemoved(callback: () => void): () => void
}

/** The header that says which faults with a key a request meets. */
export const faultKeyHeader = 'mock-fault-key'

const maxFaults = 1_000

interface Entry {
  readonly fault: Fault
  readonly waiting: Set<() => void>
  timesMet: number
  removed: boolean
}

export function createFaultList(): FaultList {
  const active = new Set<Entry>()
  // A fault that is over after its `times` still holds the requests that met it.
  const holding = new Set<Entry>()

  function remove(entry: Entry): void {
    entry.removed = true
    active.delete(entry)
    holding.delete(entry)
    const callbacks = [...entry.waiting]
    entry.waiting.clear()
    for (const callback of callbacks) callback()
  }

  function add(given: Fault): FaultHandle {
    const fault = readFault(given)
    if (active.size >= maxFaults) {
      throw new MockIssuerError('invalid_option', `There are ${maxFaults} faults already. Remove those that are not needed any more.`)
    }
    const entry: Entry = { fault, waiting: new Set(), timesMet: 0, removed: false }
    active.add(entry)
    return {
      get timesMet() {
        return entry.timesMet
      },
      remove: () => remove(entry),
      [Symbol.dispose]: () => remove(entry),
    }
  }

  function onRemoved(entry: Entry, callback: () => void): () => void {
    if (entry.removed) {
      callback()
      return () => {}
    }
    entry.waiting.add(callback)
    holding.add(entry)
    return () => {
      entry.waiting.delete(callback)
      if (entry.waiting.size === 0) holding.delete(entry)
    }
  }

  return {
    add,
    clear() {
      for (const entry of new Set([...active, ...holding])) remove(entry)
    },
    get active() {
      return [...active].map(({ fault }) => fault)
    },
    end(fault) {
      const entry = [...active].find((candidate) => candidate.fault === fault)
      if (entry !== undefined) remove(entry)
      return entry !== undefined
    },
    meet(request) {
      for (const entry of active) {
        if (!fits(entry.fault, request)) continue
        entry.timesMet++
        if (entry.timesMet === entry.fault.times) active.delete(entry)
        return { fault: entry.fault, onRemoved: (callback) => onRemoved(entry, callback) }
      }
      return undefined
    },
  }
}

function fits({ endpoint, key, when }: Fault, request: FaultRequest): boolean {
  if (request.endpoint === undefined || (endpoint !== '*' && endpoint !== request.endpoint)) return false
  // On the dashboard faults are taken away again, so only one that is meant for it reaches it.
  if (request.endpoint === 'dashboard' && endpoint === '*') return false
  if (key !== undefined && request.headers.get(faultKeyHeader) !== key) return false
  return when === undefined || when(request)
}
