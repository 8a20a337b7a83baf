import type { ClientError } from '../client-error.js'
import type { TokenSet } from '../token-set.js'

/** By the set, and not in it: a set is the same whether it is fresh or was kept. */
const reasons = new WeakMap<TokenSet<unknown>, ClientError>()

/** Notes, for the token source alone, that the answer of a refresh had an ID token which the set does not have, and why. */
export function noteLeftOutIdToken(tokens: TokenSet<unknown>, reason: ClientError): void {
  reasons.set(tokens, reason)
}

/** Why the ID token of a refresh was left out; `undefined` where there was none, or it was taken. */
export function reasonOfLeftOutIdToken(tokens: TokenSet<unknown>): ClientError | undefined {
  return reasons.get(tokens)
}
