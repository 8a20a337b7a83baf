import type { JwsHeader } from '../jws-header.js'
import { ownCopyOf } from './own-copy.js'

/** A header, by its encoded form. */
export interface KnownHeader {
  readonly encodedHeader: string
  readonly header: JwsHeader
}

/** Finds the header of a token among those that need not be parsed again. */
export interface HeaderLookup<Known extends KnownHeader> {
  startOf(token: string): Known | undefined
}

/**
 * Verified JWS headers by their encoded form, so that the header of the next token of the same key need not be parsed. Only
 * signed headers are added, so nobody else decides what is cached.
 */
export interface KnownHeaders<Known extends KnownHeader> extends HeaderLookup<Known> {
  add(known: Known): void
}

/** More than the keys and header forms of one issuer. Beyond it the oldest is evicted. */
const maxHeaders = 64

export function createKnownHeaders<Known extends KnownHeader>(): KnownHeaders<Known> {
  const headers = new Map<string, Known>()
  /** The last match. Comparing the start of a token is faster than looking it up. */
  let last: Known | undefined
  return {
    startOf(token) {
      if (last !== undefined && isStartOf(last, token)) return last
      const known = headers.get(token.slice(0, token.indexOf('.')))
      if (known !== undefined) last = known
      return known
    },
    add(known) {
      if (headers.has(known.encodedHeader)) return
      const [oldest] = headers.size < maxHeaders ? [] : headers.keys()
      if (oldest !== undefined) headers.delete(oldest)
      const encodedHeader = ownCopyOf(known.encodedHeader)
      headers.set(encodedHeader, Object.freeze({ ...known, encodedHeader }))
    },
  }
}

/** Whether the first part of a token is this header. */
export function isStartOf({ encodedHeader }: KnownHeader, token: string): boolean {
  return token.startsWith(encodedHeader) && token.charAt(encodedHeader.length) === '.'
}
