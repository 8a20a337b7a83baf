import { within } from './within.js'

/** One record of IndexedDB, which all tabs of an origin share. */
export interface SessionStore<StoredRecord> {
  get(): Promise<StoredRecord | undefined>
  /** Changes it in one transaction, so that what another tab does meanwhile is not lost. `undefined` leaves it as it is. Gives what is there then. */
  update(change: (found: StoredRecord | undefined) => StoredRecord | undefined): Promise<StoredRecord | undefined>
  delete(): Promise<void>
}

/** The browser keeps nothing for this origin: not that it could not be written now, but that there is nowhere to write. */
export class NowhereToStoreError extends Error {}

const storeName = 'sessions'

/**
 * Opens the store for each use, and asks nothing of it before.
 *
 * Every method throws for a store that is full, or that does not answer for so long, and `NowhereToStoreError` where `indexedDB` is missing or shut.
 */
export function createSessionStore<StoredRecord>(name: string, timeoutMs = 10_000): SessionStore<StoredRecord> {
  async function transact<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<Result>): Promise<Result> {
    const transaction = await begin(mode)
    try {
      const completed = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve
        transaction.onabort = () => reject(new Error('The storage is full.'))
      })
      const [result] = await Promise.all([work(transaction.objectStore(storeName)), completed])
      return result
    } finally {
      transaction.db.close()
    }
  }

  const answered = <Result>(work: Promise<Result>) => within(timeoutMs, work, 'The storage does not answer.')

  return {
    get: () => answered(transact('readonly', (store) => settled<StoredRecord | undefined>(store.get(name)))),
    update: (change) =>
      answered(
        transact('readwrite', async (store) => {
          const found = await settled<StoredRecord | undefined>(store.get(name))
          const changed = change(found)
          if (changed) await settled(store.put(changed, name))
          return changed ?? found
        }),
      ),
    delete: () => answered(transact('readwrite', async (store) => void (await settled(store.delete(name))))),
  }
}

async function begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
  try {
    const opening = indexedDB.open('bailiwick', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName)
    return (await settled<IDBDatabase>(opening)).transaction(storeName, mode)
  } catch (error) {
    // It is missing, or shut. What is wrong with the disk, or for a moment, is not wrong with the origin.
    if (!/^(Reference|Type|Security|InvalidState|NotFound)/.test((error as Error).name)) throw error
    throw new NowhereToStoreError('The browser keeps nothing for this origin.')
  }
}

function settled<Result>(request: IDBRequest): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as Result)
    request.onerror = () => reject(request.error)
  })
}
