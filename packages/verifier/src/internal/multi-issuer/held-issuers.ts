import { BoundedMap } from '@bailiwick/protocol'
import type { KnownIssuer } from './issuer-directory.js'

/** How many issuers are held. */
export interface HeldIssuersLimits {
  /** Those of which a token has been verified. */
  readonly maxIssuers: number
  /** The others. */
  readonly maxNewcomers: number
}

/**
 * The issuers for which something is held in memory. Anybody can make up tokens that name one trusted issuer after the other. If
 * all of them shared one space, that would push out the keys of those in use, and have them fetched again and again; so there is
 * one for issuers that are merely named, from which only a token that is really theirs gets them into the other.
 */
export class HeldIssuers<Held extends KnownIssuer = KnownIssuer> {
  readonly #proven: BoundedMap<Held>
  readonly #newcomers: BoundedMap<Held>

  constructor({ maxIssuers, maxNewcomers }: HeldIssuersLimits) {
    this.#proven = new BoundedMap({ maxEntries: maxIssuers })
    this.#newcomers = new BoundedMap({ maxEntries: maxNewcomers })
  }

  /** How many there are. */
  get size(): number {
    return this.#proven.size + this.#newcomers.size
  }

  /** The issuer, which is the most recently used from now on. */
  get(issuer: string): Held | undefined {
    return this.#proven.get(issuer) ?? this.#newcomers.get(issuer)
  }

  /** Holds a newcomer, instead of what there was by this name. */
  add(held: Held): void {
    this.delete(held.issuer)
    this.#newcomers.set(held.issuer, held)
  }

  /** One that is not held any longer stays away: there may be newer rules for its name, or none. */
  prove(known: KnownIssuer): void {
    const held = this.#newcomers.get(known.issuer)
    if (held === undefined || held !== known) return
    this.#newcomers.delete(held.issuer)
    this.#proven.set(held.issuer, held)
  }

  delete(issuer: string): void {
    this.#proven.delete(issuer)
    this.#newcomers.delete(issuer)
  }
}
