import type { AttackAnswer } from '../../attack-report.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'

/** What the API must be configured with. */
export interface GoodTokenDescription {
  readonly url: string
  readonly method: string
  readonly issuer: string
  readonly audience: string
  readonly typ: string
  readonly scope: string | undefined
}

/** What is known of a good token that was not let in. */
export interface RefusalOfGoodToken {
  readonly answer: AttackAnswer
  readonly algorithm: SigningAlgorithm
  /** Whether anybody has asked this issuer for its keys since it was made. */
  readonly hasAskedForKeys: boolean
  readonly expected: GoodTokenDescription
}

/** What the API answered to a good token, and what may be the reason, with the way out. */
export function explainRefusal(refusal: RefusalOfGoodToken): { readonly said: string; readonly advice: string } {
  const { answer, expected } = refusal
  if ('failure' in answer) {
    return { said: `There is no answer from ${expected.url}: ${answer.detail}.`, advice: 'Start the API, or correct the URL.' }
  }
  const status = answer.error === undefined ? String(answer.status) : `${answer.status} ${answer.error}`
  return {
    said: `The API answers a good token with ${status}.`,
    advice: advise(answer.status, refusal),
  }
}

function advise(status: number, { algorithm, hasAskedForKeys, expected }: RefusalOfGoodToken): string {
  const { url, method, issuer, audience, typ, scope } = expected
  if (status === 401 || status === 400) {
    return hasAskedForKeys
      ? `It has the keys of the issuer, so look at what it expects: the issuer is "${issuer}", the audience "${audience}", the algorithm ${algorithm}, the typ ${typ}.`
      : `It never asked this issuer for its keys. If it does not trust "${issuer}" for the audience "${audience}" yet, configure it so. ${staleKeys}`
  }
  if (status === 403) {
    return `The token lacks what ${method} ${url} needs: it has ${scope === undefined ? 'no scope' : `the scope "${scope}"`}. Give it the scope and the claims.`
  }
  if (status === 404 || status === 405) return `Is it ${method} ${url} that is to be attacked?`
  if (status >= 500) {
    const keys = hasAskedForKeys ? '' : ` Can it reach the issuer "${issuer}"? It never asked for its keys. ${staleKeys}`
    return `It fails by itself; its log may say why.${keys}`
  }
  return 'Attack a route that a good token opens.'
}

const staleKeys =
  'If it does, it still holds the keys of an earlier run, or of another issuer of that name; each run has new ones. Restart it, or wait: many libraries ask again after half a minute.'
