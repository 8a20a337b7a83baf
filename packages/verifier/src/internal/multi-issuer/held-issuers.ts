import { BoundedMap } from '@bailiwick/protocol'
import type { KnownIssuer } from './issuer-directory.js'

/** Discovery and a fetch of the keys, each of which takes a minute at most, and both once more; longer waits only what was cut off. */
const longestMs = 240_000

/** How many issuers are held. */
export interface HeldIssuersLimits {
  /** Those of which a token has been verified. */
  readonly maxIssuers: number
  /** The others. */
  readonly maxNewcomers: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** One that is waited for, by how many, and since when. */
interface Awaited<Held> {
  readonly held: Held
  readonly since: number
  waiting: number
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
  readonly #awaited = new Map<string, Awaited<Held>>()
  readonly #now: () => number

  constructor({ maxIssuers, maxNewcomers, now }: HeldIssuersLimits) {
    this.#now = now
    this.#proven = new BoundedMap({ maxEntries: maxIssuers })
    this.#newcomers = new BoundedMap({ maxEntries: maxNewcomers })
  }

  /** How many have a place, whether or not they are waited for. */
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
   * one fetch. There are as many at most as tokens that are being examined, and were minutes ago: Workers cut an examination off with the
   * request that began it, and then it never ends.
   */
  async holdDuring<T>(held: Held, examination: Promise<T>): Promise<T> {
    if ((this.get(held.issuer) ?? held) !== held) return examination
    this.#dropLate()
    const place = this.#awaited.get(held.issuer) ?? { held, since: this.#now(), waiting: 0 }
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

  /** The oldest come first. */
  #dropLate(): void {
    const time = this.#now()
    for (const [issuer, { since }] of this.#awaited) {
      if (Math.abs(time - since) < longestMs) return
      this.#awaited.delete(issuer)
    }
  }
}
