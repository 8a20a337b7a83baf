import type { ForgeryName } from './forgeries.js'
import type { ForgeryAnswer, ForgerySeverity, RfcReference } from './forgery.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/**
 * What became of a forgery:
 * - `as_expected`: the API answered what the RFC has it answer
 * - `let_in`: a status from 200 to 299, as for a good token
 * - `lured`: refused, and yet the API asked an address that the forgery named; so an attacker chooses whom it calls
 * - `refused_otherwise`: refused, with another status or error than the RFC has; no harm, but clients are told the wrong thing
 * - `fault`: a status from 500 on, no answer in time, or a broken connection: forgeries can take the API down, or hide in its outages
 */
export type AttackOutcome = 'as_expected' | 'let_in' | 'lured' | 'refused_otherwise' | 'fault'

/** What came back. */
export type AttackAnswer =
  | {
      readonly status: number
      /** The `error` of a `Bearer` or `DPoP` challenge, if there was one. */
      readonly error?: string
    }
  | { readonly failure: 'timeout' | 'network'; readonly detail: string }

/** A request with a good token, or none, which tells whether the rest means anything. */
export interface AttackControl {
  readonly name: 'good token' | 'no token' | 'good token of another algorithm' | 'good token afterwards'
  /** `false`: the API does something else than it should. Of another algorithm, that is its own business. */
  readonly passed: boolean
  readonly answer: AttackAnswer
  readonly durationMs: number
}

/** What keeps an attack from its start: the API does not let a good token in yet. */
export interface AttackWait {
  readonly answer: AttackAnswer
  /** Since the first good token was sent. */
  readonly waitedMs: number
  /** What the API answered, in a sentence. */
  readonly said: string
  /** What may be the reason, and what to do. */
  readonly advice: string
}

/** One forgery that was sent. */
export interface AttackResult {
  readonly forgery: ForgeryName
  readonly variant: string
  readonly title: string
  readonly description: string
  readonly rfc: RfcReference
  readonly severity: ForgerySeverity
  readonly expected: ForgeryAnswer
  readonly outcome: AttackOutcome
  readonly answer: AttackAnswer
  readonly durationMs: number
}

/** What came of an attack. It holds no token. */
export interface AttackReport {
  readonly url: string
  readonly method: string
  readonly issuer: string
  /** What the good tokens were signed with that the API accepted. */
  readonly algorithm: SigningAlgorithm
  readonly profile: 'jwt' | 'rfc9068'
  /** From the first good token that was let in to the end, in milliseconds: the time that the API took to get ready is not in it. */
  readonly durationMs: number
  readonly controls: readonly AttackControl[]
  /** In the order of the catalogue. */
  readonly results: readonly AttackResult[]
  /** Forgeries that were not sent, and why. */
  readonly skipped: readonly { readonly forgery: ForgeryName; readonly variant: string; readonly reason: string }[]
  /** How many results there are of each outcome. */
  readonly counts: Readonly<Record<AttackOutcome, number>>
}
