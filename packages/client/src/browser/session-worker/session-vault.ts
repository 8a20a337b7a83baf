import { NowhereToStoreError, type SessionStore } from './session-store.js'

/** The tokens of the session, and who it is. Times are milliseconds since the epoch, by this machine's clock. */
export interface SessionTokens {
  readonly accessToken: string
  readonly isBound: boolean
  readonly receivedAt: number
  /** `undefined` if the server did not say. */
  readonly expiresAt: number | undefined
  readonly refreshToken: string | undefined
  /** Where the server takes it back (RFC 7009), as it was named when it was given: a logout is not to need the metadata. */
  readonly revocationEndpoint?: string | undefined
  readonly idToken: string
  readonly user: { readonly sub: string; readonly [claim: string]: unknown }
}

/** What was there. It does not fail. */
export type FoundTokens = SessionTokens | undefined | Promise<SessionTokens | undefined>

/** Keeps the session across page loads, for all tabs. */
export interface SessionVault {
  /**
   * `undefined` if there is nothing, or nothing that can be opened: it has been edited.
   *
   * @throws if it cannot be read now: that does not say that there is nothing. Once; where it fails again, and this worker has never seen a session or a
   * key, there is nothing for it to lose
   */
  read(): Promise<SessionTokens | undefined>
  /**
   * Keeps these tokens, or forgets the session (`undefined`); with `replaced`, only if what is there is still what `read` has given, or `write` taken. Says
   * whether it did.
   *
   * What cannot be written, this worker remembers, and the next page does not: what was there is deleted, since it is out of date.
   *
   * @param onFound is handed what was there: first what this worker knows of, and then what it finds
   * @throws if it could not be deleted either
   */
  write(tokens: SessionTokens | undefined, replaced?: SessionTokens, onFound?: (found: FoundTokens) => void): Promise<boolean>
  /**
   * Forgets what only this worker has, when another has ended the session, or begun one of another user (`sub`), which is then found. Gives what nobody has
   * any more.
   */
  forget(sub?: string): SessionTokens | undefined
  /**
   * The pair that a login's tokens are bound to, one for all tabs and sessions, as the next page finds it. One that was deleted is put back. `undefined`
   * where it would not outlive the page.
   */
  keyPair(): Promise<CryptoKeyPair | undefined>
  /** The pair that the session which was read, or begun here, may be bound to. Nothing is read for it. */
  sessionKeyPair(): CryptoKeyPair | undefined
}

/** What is stored of it. */
export interface VaultRecord {
  readonly seal: CryptoKey
  readonly pair: CryptoKeyPair
  readonly iv?: Uint8Array<ArrayBuffer>
  readonly sealed?: ArrayBuffer
}

/**
 * Makes the vault of one client, by its name: a record of IndexedDB, where the tokens are sealed with AES-GCM under a key that cannot be extracted. Where the browser keeps
 * nothing for this origin, the memory of this worker, which a page load ends; and so from then on where it could not be written.
 *
 * The seal keeps tokens out of copies of the profile, backups and the eyes of extensions that read storage. A script that runs in this origin can
 * have the browser open it.
 */
export function createSessionVault(name: string, store: SessionStore<VaultRecord>): SessionVault {
  const additionalData = new TextEncoder().encode(name)
  /** With which `iv`, new each time, tokens were found. */
  const versions = new WeakMap<SessionTokens, string>()
  let memory: SessionTokens | undefined
  let isMemoryOnly = false
  let hasFailed = false
  let pair: CryptoKeyPair | undefined

  async function open(record: VaultRecord | undefined): Promise<SessionTokens | undefined> {
    if (!hasKeys(record)) return undefined
    try {
      const { seal, iv, sealed } = record
      if (!iv || !sealed) return undefined
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, seal, sealed)
      const tokens = (JSON.parse(new TextDecoder().decode(opened)) as SessionTokens | null) ?? undefined
      if (tokens) versions.set(tokens, String(iv))
      return tokens
    } catch {
      return undefined
    }
  }

  /** What was edited to be no key is made anew, so that nobody is kept from logging in. */
  async function withKeys(): Promise<VaultRecord> {
    const found = await store.get()
    if (hasKeys(found)) return found
    const made: VaultRecord = {
      seal: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
      pair: pair ?? (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])),
    }
    // Two tabs that begin at once must not make two.
    return (await store.update((meanwhile) => (hasKeys(meanwhile) ? undefined : made))) ?? made
  }

  async function put(
    tokens: SessionTokens | undefined,
    replaced: SessionTokens | undefined,
    onFound: ((found: FoundTokens) => void) | undefined,
  ): Promise<boolean> {
    const keys = await withKeys()
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(tokens ?? null))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, keys.seal, text)
    let isReplaced = false
    await store.update((found) => {
      onFound?.(open(found))
      isReplaced = !replaced || versions.get(replaced) === String(found?.iv)
      return isReplaced ? { ...keys, ...found, seal: keys.seal, iv, sealed } : undefined
    })
    if (tokens) versions.set(tokens, String(iv))
    return isReplaced
  }

  return {
    async read() {
      if (isMemoryOnly) return memory
      try {
        const found = await store.get()
        memory = await open(found)
        if (memory) pair = found?.pair
      } catch (error) {
        isMemoryOnly = error instanceof NowhereToStoreError
        if (!isMemoryOnly && (pair || !hasFailed)) {
          hasFailed = true
          throw error
        }
      }
      return memory
    },
    async write(tokens, replaced, onFound) {
      onFound?.(memory)
      // What others have stored is not what only this worker had.
      let isOutOfDate = tokens === undefined && replaced === undefined
      if (!isMemoryOnly) {
        try {
          const isReplaced = await put(tokens, replaced, onFound).catch((error: unknown) => {
            // Once more where the storage was there to read: a moment of it is not to log the other tabs out.
            if (!replaced) throw error
            return put(tokens, replaced, onFound)
          })
          if (isReplaced) memory = tokens
          return isReplaced
        } catch {
          isMemoryOnly = isOutOfDate = true
        }
      }
      if (replaced && memory !== replaced) return false
      memory = tokens
      // Takes no room.
      if (isOutOfDate) await store.delete().catch(unlessNowhere)
      return true
    },
    forget(sub) {
      if (memory?.user.sub === sub) return undefined
      const forgotten = isMemoryOnly ? memory : undefined
      memory = undefined
      if (sub !== undefined) isMemoryOnly = false
      return forgotten
    },
    async keyPair() {
      try {
        return (pair = (await withKeys()).pair)
      } catch {
        return undefined
      }
    },
    sessionKeyPair: () => pair,
  }
}

function unlessNowhere(error: unknown): void {
  if (!(error instanceof NowhereToStoreError)) throw error
}

/** A record that somebody has edited may have anything in it. */
function hasKeys(record: VaultRecord | undefined): record is VaultRecord {
  return [record?.seal, record?.pair?.publicKey, record?.pair?.privateKey].every((key) => key instanceof CryptoKey)
}
