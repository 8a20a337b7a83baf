import type { SessionSettings } from './session-worker.js'

/** The tokens of the session, and who it is. Times are milliseconds since the epoch, by this machine's clock. */
export interface SessionTokens {
  readonly accessToken: string
  readonly isBound: boolean
  readonly receivedAt: number
  /** `undefined` if the server did not say. */
  readonly expiresAt: number | undefined
  readonly refreshToken: string | undefined
  readonly idToken: string
  readonly user: { readonly sub: string; readonly [claim: string]: unknown }
}

/** Keeps the session across page loads, for all tabs. */
export interface SessionVault {
  /** `undefined` if there is nothing, or nothing that can be opened: it has been edited. */
  read(): Promise<SessionTokens | undefined>
  /** `undefined` forgets the session. */
  write(tokens: SessionTokens | undefined): Promise<void>
  /** Forgets what only this worker has, when another has ended the session. */
  forget(): void
  /** The pair that tokens are bound to, one for all tabs and sessions. `undefined` where it would not outlive the page. */
  keyPair(): Promise<CryptoKeyPair | undefined>
}

interface VaultRecord {
  seal: CryptoKey
  pair?: CryptoKeyPair | undefined
  iv?: Uint8Array<ArrayBuffer>
  sealed?: ArrayBuffer
}

const storeName = 'sessions'

/**
 * Makes the vault of one client: IndexedDB, where the tokens are sealed with AES-GCM under a key that cannot be extracted. Where the browser keeps
 * nothing for this origin, the memory of this worker, which a page load ends.
 *
 * The seal keeps tokens out of copies of the profile, backups and the eyes of extensions that read storage. A script that runs in this origin can
 * have the browser open it.
 */
export function createSessionVault({ issuer, clientId }: SessionSettings): SessionVault {
  const name = `${issuer} ${clientId}`
  const additionalData = new TextEncoder().encode(name)
  let memory: VaultRecord | undefined
  let isMemoryOnly = false

  async function load(): Promise<VaultRecord | undefined> {
    if (!isMemoryOnly) {
      try {
        memory = (await request('readonly', (store) => store.get(name))) as VaultRecord | undefined
      } catch {
        isMemoryOnly = true
      }
    }
    return memory
  }

  async function save(record: VaultRecord): Promise<void> {
    memory = record
    if (isMemoryOnly) return
    try {
      await request('readwrite', (store) => store.put(record, name))
    } catch {
      isMemoryOnly = true
    }
  }

  /** What was edited to be no key is made anew, so that nobody is kept from logging in. */
  async function loadOrBegin(): Promise<VaultRecord> {
    const record = await load()
    if (record?.seal instanceof CryptoKey) return record
    return { seal: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']) }
  }

  return {
    async read() {
      try {
        const { seal, iv, sealed } = (await load()) ?? {}
        if (!seal || !iv || !sealed) return undefined
        const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, seal, sealed)
        return (JSON.parse(new TextDecoder().decode(opened)) as SessionTokens | null) ?? undefined
      } catch {
        return undefined
      }
    },
    async write(tokens) {
      const { seal, pair } = await loadOrBegin()
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = new TextEncoder().encode(JSON.stringify(tokens ?? null))
      await save({ seal, pair, iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, seal, text) })
    },
    forget: () => (memory = undefined),
    // Two tabs that begin at once must not make two.
    keyPair: () =>
      navigator.locks.request(`bailiwick key ${name}`, async () => {
        const record = await loadOrBegin()
        if (!(record.pair?.privateKey instanceof CryptoKey)) {
          record.pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
          await save(record)
        }
        return isMemoryOnly ? undefined : record.pair
      }),
  }
}

/** One request in a transaction of its own, settled when that is. Throws where `indexedDB` is missing or shut, or is not as it was made here. */
async function request(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open('bailiwick', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName)
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve
    opening.onerror = reject
  })
  const database = opening.result
  try {
    const transaction = database.transaction(storeName, mode)
    const asked = ask(transaction.objectStore(storeName))
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = reject
    })
    return asked.result
  } finally {
    database.close()
  }
}
