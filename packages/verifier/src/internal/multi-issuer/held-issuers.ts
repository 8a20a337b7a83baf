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
  /** Those of which something is waited for: whoever waits holds them anyway. */
  readonly #awaited = new Map<string, { readonly held: Held; waiting: number }>()

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
    return this.#proven.get(issuer) ?? this.#newcomers.get(issuer) ?? this.#awaited.get(issuer)?.held
  }

  /** Holds a newcomer, instead of what there was by this name. */
  add(held: Held): void {
    this.delete(held.issuer)
    this.#newcomers.set(held.issuer, held)
  }

  /** One that is not held any longer stays away: there may be newer rules for its name, or none. */
  prove(held: Held): void {
    if (this.get(held.issuer) === held) this.restore(held)
  }

  /**
   * Has an issuer found for as long as its keys are waited for, though others need its place: all of its tokens that come meanwhile share
   * one fetch. There are as many at most as tokens that are being examined.
   */
  async holdDuring<T>(held: Held, examination: Promise<T>): Promise<T> {
    if ((this.get(held.issuer) ?? held) !== held) return examination
    const place = this.#awaited.get(held.issuer) ?? { held, waiting: 0 }
    this.#awaited.set(held.issuer, place)
    place.waiting += 1
    try {
      return await examination
    } finally {
      place.waiting -= 1
      if (place.waiting === 0 && this.#awaited.get(held.issuer) === place) this.#awaited.delete(held.issuer)
    }
  }

  /**
   * Holds one among those in use that had to make room, with what it has found out: made anew, it would start over, and have another
   * make room that is just as far. Whoever calls this has made sure that the rules of its name are still the same.
   */
  restore(held: Held): void {
    if (this.#proven.get(held.issuer) !== undefined) return
    this.#newcomers.delete(held.issuer)
    this.#proven.set(held.issuer, held)
  }

  delete(issuer: string): void {
    this.#proven.delete(issuer)
    this.#newcomers.delete(issuer)
    this.#awaited.delete(issuer)
  }
}
