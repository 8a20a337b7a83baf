import type { AccessTokenVerifier } from '@bailiwick/protocol'

type Recall = NonNullable<AccessTokenVerifier['recall']>

/**
 * Adds `recall` to a verifier, not enumerable: who copies the verifier by spreading, to wrap `verify`, does not copy a way
 * around the wrapper.
 */
export function withRecall<Verifier extends AccessTokenVerifier>(
  verifier: Verifier,
  recall: Recall,
): Verifier & { readonly recall: Recall } {
  return Object.defineProperty(verifier, 'recall', { value: recall }) as Verifier & { readonly recall: Recall }
}
