import { NowhereToStoreError, type SessionStore } from '../src/browser/session-worker/session-store.js'

/** A store that all vaults of a test share, and what is wrong with it: it is full, nothing can be written, it does not answer, or is not there. */
export interface MemorySessionStore<StoredRecord> extends SessionStore<StoredRecord> {
  record: StoredRecord | undefined
  fault: 'full' | 'read-only' | 'silent' | 'missing' | undefined
}

export function createMemorySessionStore<StoredRecord>(): MemorySessionStore<StoredRecord> {
  function failOn(...faults: MemorySessionStore<StoredRecord>['fault'][]): void {
    if (store.fault === 'missing') throw new NowhereToStoreError()
    if (faults.includes(store.fault)) throw new DOMException(store.fault, 'QuotaExceededError')
  }
  const store: MemorySessionStore<StoredRecord> = {
    record: undefined,
    fault: undefined,
    async get() {
      failOn('silent')
      return store.record
    },
    async update(change) {
      failOn('silent')
      const changed = change(store.record)
      if (changed) failOn('full', 'read-only')
      return (store.record = changed ?? store.record)
    },
    async delete() {
      failOn('silent', 'read-only')
      store.record = undefined
    },
  }
  return store
}
