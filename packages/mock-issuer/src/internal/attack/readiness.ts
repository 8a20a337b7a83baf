import type { AttackWait } from '../../attack-report.js'
import type { LoggedRequest } from '../../request-log.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { isLetIn } from './judge.js'
import type { GoodTokenDescription } from './refusal-of-good-token.js'
import { explainRefusal } from './refusal-of-good-token.js'
import type { Received } from './sender.js'

/** What waiting for an API needs. */
export interface ReadinessInput {
  readonly algorithms: readonly SigningAlgorithm[]
  sendGood(algorithm: SigningAlgorithm): Promise<Received>
  readonly readyWithinMs: number
  readonly pauseMs?: number
  /** The monotonic time, in milliseconds. */
  now(): number
  sleep(ms: number): Promise<void>
  readonly requests: readonly LoggedRequest[]
  readonly expectations: GoodTokenDescription
  /** Called before each pause that has news. */
  onWaiting(wait: AttackWait): void
}

/** The algorithm that the API takes, and how it answered. */
export interface Ready {
  readonly algorithm: SigningAlgorithm
  readonly received: Received
}

/** How long nothing new may be said. */
const repeatAfterMs = 5000

/**
 * Waits until the API lets a good token in.
 * @throws {MockIssuerError} `attack_impossible`, with what is wrong, if it does not in time
 */
export async function waitUntilReady(input: ReadinessInput): Promise<Ready> {
  const startedAt = input.now()
  let told: AttackWait | undefined
  for (;;) {
    const { accepted, refused } = await offerGoodTokens(input)
    if (accepted !== undefined) return accepted
    const waitedMs = input.now() - startedAt
    const wait = { answer: refused.received.answer, waitedMs, ...explain(refused, input) }
    if (waitedMs >= input.readyWithinMs) throw new MockIssuerError('attack_impossible', `${wait.said} ${wait.advice}`)
    if (told === undefined || told.said !== wait.said || told.advice !== wait.advice || waitedMs - told.waitedMs >= repeatAfterMs) {
      input.onWaiting(wait)
      told = wait
    }
    await input.sleep(input.pauseMs ?? 250)
  }
}

type Offer = { readonly accepted: Ready; readonly refused?: never } | { readonly accepted?: never; readonly refused: Ready }

/** Sends a good token of each algorithm until one is let in; of those that were not, the first one counts. */
async function offerGoodTokens({ algorithms, sendGood }: ReadinessInput): Promise<Offer> {
  let refused: Ready | undefined
  for (const algorithm of algorithms) {
    const attempt = { algorithm, received: await sendGood(algorithm) }
    if (isLetIn(attempt.received.answer)) return { accepted: attempt }
    refused ??= attempt
  }
  if (refused === undefined) throw new MockIssuerError('attack_impossible', 'No algorithm is left to sign a good token with.')
  return { refused }
}

function explain({ received, algorithm }: Ready, { requests, expectations }: ReadinessInput): { said: string; advice: string } {
  const hasAskedForKeys = requests.some(({ endpoint }) => endpoint === 'jwks')
  return explainRefusal({ answer: received.answer, algorithm, hasAskedForKeys, expected: expectations })
}
