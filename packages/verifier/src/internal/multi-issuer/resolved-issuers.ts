import { BoundedMap, ConfigurationError, isThenable } from '@bailiwick/protocol'
import type { JwtRulesOptions } from '../../jwt-rules-options.js'
import { createJwtExaminer } from '../jwt-examiner.js'
import { jwtRulesOptionNames, type JwtVerificationSettings, prepareJwtRules } from '../jwt-rules-settings.js'
import { checkOptionNames } from '../options.js'
import { FlightsByKey } from '../flights-by-key.js'
import { createTurnstile } from '../turnstile.js'
import { createWaitingPlaces } from '../waiting-places.js'
import { withinTime } from '../within-time.js'
import { HeldIssuers } from './held-issuers.js'
import type { IssuerDirectory, KnownIssuer } from './issuer-directory.js'
import { issuerUnavailable, issuerUnknown, tooManyWaiting } from './issuer-errors.js'
import { limitNewcomers } from './newcomer-limit.js'
import type { ResolverSettings } from './resolver-settings.js'
import { identityOf, isSameIdentity, type RulesIdentity } from './same-rules.js'
import { createTrustCheck } from './trust-check.js'

interface ResolvedIssuer extends KnownIssuer {
  readonly identity: RulesIdentity
  /** When the last call of `resolve` that returned these rules was made. */
  askedAt: number
}

/** Tokens that wait for `resolve`, for all issuers together; more are `issuer_unavailable`. */
const maxWaiting = 10_000
/** For the names of issuers without rules. */
const maxUnknownBytes = 4_194_304

/** Issuers from a resolver, which is called again when its answer expires. */
export function createResolvedIssuers(settings: ResolverSettings, verification: JwtVerificationSettings): IssuerDirectory<ResolvedIssuer> {
  const { resolve, resolveTtlMs, unknownTtlMs, timeoutMs, maxIssuers } = settings
  const { now } = verification
  const checkTrusted = createTrustCheck(settings.isTrusted)
  const held = new HeldIssuers<ResolvedIssuer>({ maxIssuers, maxNewcomers: limitNewcomers(maxIssuers), now })
  /** When the resolver was last asked about issuers without rules. */
  const unknown = new BoundedMap<number>({ maxEntries: maxIssuers, maxBytes: maxUnknownBytes })
  const questions = new FlightsByKey<ResolvedIssuer>(now)
  const turnstile = createTurnstile({ groupSize: 32 })
  const inPlace = createWaitingPlaces({
    places: maxWaiting,
    goneAfterMs: 2 * timeoutMs,
    now,
    full: tooManyWaiting,
  })

  return {
    find,
    prove: (known) => held.prove(known),
    stillCounts,
    holdDuring: (known, examination) => held.holdDuring(known, examination),
  }

  function find(issuer: string): ResolvedIssuer | Promise<ResolvedIssuer> {
    checkTrusted(issuer)
    const known = held.get(issuer)
    if (known !== undefined && isWithin(resolveTtlMs, known.askedAt)) return known
    const unknownSince = unknown.get(issuer)
    if (unknownSince !== undefined && isWithin(unknownTtlMs, unknownSince)) throw withoutRules(issuer)
    return findAnswered(issuer)
  }

  /** All who wait for an answer are resumed at once. They go on in groups, so that they do not block other work. */
  async function findAnswered(issuer: string): Promise<ResolvedIssuer> {
    const [answered] = await inPlace(() => Promise.allSettled([questions.run(issuer, () => ask(issuer))]))
    await turnstile.pass()
    if (answered.status === 'rejected') throw answered.reason
    checkTrusted(issuer)
    return answered.value
  }

  /** If the clock is before the time of the answer, it was set back: the age of the answer is unknown, and it counts as expired. */
  function isWithin(ttlMs: number, since: number): boolean {
    const ageMs = now() - since
    return ageMs >= 0 && ageMs < ttlMs
  }

  async function ask(issuer: string): Promise<ResolvedIssuer> {
    const askedAt = now()
    const answer = await answerOf(issuer)
    if (answer === undefined) {
      held.delete(issuer)
      unknown.set(issuer, askedAt, 2 * issuer.length)
      throw withoutRules(issuer)
    }
    const answered = readAnswer(issuer, answer, askedAt)
    unknown.delete(issuer)
    const known = held.get(issuer)
    if (known !== undefined && isSameIdentity(known.identity, answered.identity)) {
      known.askedAt = askedAt
      return known
    }
    const made = answered.make()
    held.add(made)
    return made
  }

  function stillCounts(known: ResolvedIssuer): boolean | Promise<boolean> {
    const found = find(known.issuer)
    if (found === known) return true
    return isThenable(found) ? found.then((later) => later === known || takeFor(known, later)) : takeFor(known, found)
  }

  /** An evicted issuer replaces its successor if their rules are the same. */
  function takeFor(known: ResolvedIssuer, found: ResolvedIssuer): boolean {
    // Several may have been answered at once, and have replaced each other since.
    const { identity, askedAt } = held.get(known.issuer) ?? found
    if (!isSameIdentity(identity, known.identity)) return false
    known.askedAt = askedAt
    held.restore(known)
    return true
  }

  async function answerOf(issuer: string): Promise<JwtRulesOptions | undefined> {
    try {
      const onTimeout = () => new Error(`resolve took longer than ${timeoutMs} ms`)
      return await withinTime(Promise.resolve(resolve(issuer)), { timeoutMs, onTimeout })
    } catch (cause) {
      throw issuerUnavailable(issuer, 'resolve failed', cause)
    }
  }

  /** Rules with another name would accept the keys of one issuer for another. That is the resolver's fault. */
  function readAnswer(issuer: string, answer: JwtRulesOptions, askedAt: number) {
    if (typeof answer !== 'object' || answer === null) throw issuerUnavailable(issuer, 'resolve gave neither rules nor undefined')
    if (answer.issuer !== issuer) throw issuerUnavailable(issuer, 'resolve gave the rules of another issuer')
    try {
      checkOptionNames('what resolve gave', answer, jwtRulesOptionNames)
      const prepared = prepareJwtRules(answer, verification)
      const { createKeys, ...rules } = prepared
      const identity = identityOf(prepared, answer.keys)
      const make = () => ({ issuer, identity, askedAt, examine: createJwtExaminer({ ...rules, keys: createKeys() }) })
      return { identity, make }
    } catch (cause) {
      const why = cause instanceof ConfigurationError ? `: ${cause.message}` : ''
      throw issuerUnavailable(issuer, `resolve gave rules that cannot work${why}`, cause)
    }
  }
}

function withoutRules(issuer: string) {
  return issuerUnknown(issuer, 'for which resolve gave no rules')
}
