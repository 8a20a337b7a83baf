import { BoundedMap } from '@bailiwick/protocol'
import type { KnownIssuer } from './issuer-directory.js'

/** Discovery and a fetch of the keys take a minute at most each, and both may be repeated. Only what was cut off takes longer. */
const longestMs = 240_000

/** How many issuers are held in memory. */
export interface HeldIssuersLimits {
  /** Those with a verified token. */
  readonly maxIssuers: number
  /** The others. */
  readonly maxNewcomers: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** An issuer with pending verifications: how many, and since when. */
interface Awaited<Held> {
  readonly held: Held
  readonly since: number
  waiting: number
}

/**
 * The issuers held in memory. Anybody can invent tokens that name one trusted issuer after the other; in a single space these
 * would evict the issuers in use, whose keys would then be fetched again and again. So issuers that were only named have a
 * separate space. Only a verified token moves an issuer to the other one.
 */
export class HeldIssuers<Held extends KnownIssuer = KnownIssuer> {
  readonly #proven: BoundedMap<Held>
  readonly #newcomers: BoundedMap<Held>
  /** Issuers with pending verifications, which hold them in memory anyway. */
  readonly #awaited = new Map<string, Awaited<Held>>()
  readonly #now: () => number

  constructor({ maxIssuers, maxNewcomers, now }: HeldIssuersLimits) {
    this.#now = now
    this.#proven = new BoundedMap({ maxEntries: maxIssuers })
    this.#newcomers = new BoundedMap({ maxEntries: maxNewcomers })
  }

  /** How many issuers have a place, pending ones not counted. */
  get size(): number {
    return this.#proven.size + this.#newcomers.size
  }

  /** The issuer, which becomes the most recently used. */
  get(issuer: string): Held | undefined {
    return this.#proven.get(issuer) ?? this.#newcomers.get(issuer) ?? this.#awaited.get(issuer)?.held
  }

  /** Adds a newcomer, replacing an issuer of the same name. */
  add(held: Held): void {
    this.delete(held.issuer)
    this.#newcomers.set(held.issuer, held)
  }

  /** Moves an issuer to those in use. One that is not held any more is ignored: there may be newer rules for its name, or none. */
  prove(held: Held): void {
    if (this.get(held.issuer) === held) this.restore(held)
  }

  /**
   * Keeps an issuer available while its keys are fetched, even if it is evicted, so that all of its tokens meanwhile share one
   * fetch. There are at most as many such issuers as pending verifications, including those of the last minutes: Workers cut a
   * verification off with the request that began it, and then it never ends.
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
   * Puts an evicted issuer back among those in use, with its keys. Created anew, it would fetch them again and evict another.
   * The caller has checked that its rules are unchanged.
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
