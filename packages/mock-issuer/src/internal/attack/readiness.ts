import type { LoggedRequest } from '../../request-log.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import { isLetIn } from './judge.js'
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
}

/** What the API must be configured with. */
export interface GoodTokenDescription {
  readonly url: string
  readonly method: string
  readonly issuer: string
  readonly audience: string
  readonly typ: string
  readonly scope: string | undefined
}

/** The algorithm that the API takes, and how it answered. */
export interface Ready {
  readonly algorithm: SigningAlgorithm
  readonly received: Received
}

/**
 * Waits until the API lets a good token in.
 * @throws {MockIssuerError} `attack_impossible`, with what is wrong, if it does not in time
 */
export async function waitUntilReady(input: ReadinessInput): Promise<Ready> {
  const deadline = input.now() + input.readyWithinMs
  for (;;) {
    const refused: Ready[] = []
    for (const algorithm of input.algorithms) {
      const attempt = { algorithm, received: await input.sendGood(algorithm) }
      if (isLetIn(attempt.received.answer)) return attempt
      refused.push(attempt)
    }
    const [first] = refused
    if (first !== undefined && input.now() >= deadline) throw new MockIssuerError('attack_impossible', diagnose(first, input))
    await input.sleep(input.pauseMs ?? 250)
  }
}

/** Why the API may refuse a good token, from what it answered and whether it asked for the keys. */
function diagnose({ received: { answer }, algorithm }: Ready, { requests, expectations }: ReadinessInput): string {
  const { url, method, issuer, audience, typ, scope } = expectations
  if ('failure' in answer) return `There is no answer from ${url}: ${answer.detail}. Start the API first, or correct the URL.`
  const said = `The API answers a good token with ${answer.status}${answer.error === undefined ? '' : ` ${answer.error}`}, so that nothing can be said of bad ones.`
  if (answer.status === 401 || answer.status === 400) {
    const askedForKeys = requests.some(({ endpoint }) => endpoint === 'jwks')
    return askedForKeys
      ? `${said} It has the keys of the issuer, so look at what it expects: the issuer is "${issuer}", the audience "${audience}", the algorithm ${algorithm}, the typ ${typ}.`
      : `${said} It never asked the issuer for its keys: configure the API to trust the issuer "${issuer}", for the audience "${audience}".`
  }
  if (answer.status === 403) {
    return `${said} The token lacks what ${method} ${url} needs: it has ${scope === undefined ? 'no scope' : `the scope "${scope}"`}. Give it the scope and the claims.`
  }
  if (answer.status === 404 || answer.status === 405) return `${said} Is it ${method} ${url} that is to be attacked?`
  if (answer.status >= 500) return `${said} It fails by itself; its log may say why. Can it reach the issuer "${issuer}"?`
  return `${said} Attack a route that a good token opens.`
}
