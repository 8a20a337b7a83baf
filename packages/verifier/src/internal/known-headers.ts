import type { JwsHeader } from '../jws-header.js'
import { ownCopyOf } from './own-copy.js'

/** A header, by the form in which tokens bear it. */
export interface KnownHeader {
  readonly encodedHeader: string
  readonly header: JwsHeader
}

/** Finds the header of a token among those that need not be parsed again. */
export interface HeaderLookup<Known extends KnownHeader> {
  startOf(token: string): Known | undefined
}

/**
 * The headers of tokens that were verified: the tokens of one key all have the same one. Only what a signature vouched for gets in,
 * so nobody else decides what is kept.
 */
export interface KnownHeaders<Known extends KnownHeader> extends HeaderLookup<Known> {
  add(known: Known): void
}

/** More than the keys and header forms of one issuer; then the oldest makes room. */
const maxHeaders = 64

export function createKnownHeaders<Known extends KnownHeader>(): KnownHeaders<Known> {
  const headers = new Map<string, Known>()
  /** The one that was found last. Comparing the start of a token takes less than looking it up. */
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
