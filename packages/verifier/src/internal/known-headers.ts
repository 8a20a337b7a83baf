import type { JwsHeader } from '../jws-header.js'

/**
 * The headers of tokens that were verified, by their encoded form: the tokens of one key all have the same one. Only what a
 * signature vouched for gets in, so nobody else decides what is kept.
 */
export interface KnownHeaders {
  get(encoded: string): JwsHeader | undefined
  add(encoded: string, header: JwsHeader): void
}

/** More than the keys and header forms of one issuer; then the oldest makes room. */
const maxHeaders = 64

export function createKnownHeaders(): KnownHeaders {
  const headers = new Map<string, JwsHeader>()
  return {
    get: (encoded) => headers.get(encoded),
    add(encoded, header) {
      if (headers.has(encoded)) return
      const [oldest] = headers.size < maxHeaders ? [] : headers.keys()
      if (oldest !== undefined) headers.delete(oldest)
      headers.set(copyOf(encoded), header)
    },
  }
}

/** A part of a string may keep the whole of it in memory, which here would be a token. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
