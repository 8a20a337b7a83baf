/**
 * The port for state that several instances may have to agree on. Values are strings, so that any store can hold them.
 * A store that cannot answer rejects; it never answers as if the key were absent.
 */
export interface Store {
  /** The value, or `undefined` if there is none, or it has expired. */
  get(key: string): Promise<string | undefined>
  /** Writes, replacing what is there. */
  set(key: string, value: string, options: StoreWriteOptions): Promise<void>
  /** Writes only if the key is absent, atomically. `false` means that it was there. */
  add(key: string, value: string, options: StoreWriteOptions): Promise<boolean>
  /** Writes only if the key holds `expected`, atomically. `false` means that it held something else, or nothing. */
  compareAndSwap(key: string, expected: string, value: string, options: StoreWriteOptions): Promise<boolean>
  /** Removes the key. `false` means that it was not there. */
  delete(key: string): Promise<boolean>
}

/** The options of one write. */
export interface StoreWriteOptions {
  /** How long the entry lives, in milliseconds; a positive number. */
  ttlMs: number
}
