import type { AccessTokenVerifier } from '@bailiwick/protocol'

type Recall = NonNullable<AccessTokenVerifier['recall']>

/**
 * Gives a verifier its `recall`, as a member that is not enumerable: whoever copies the verifier by spreading, to have a `verify` that
 * does more, does not copy the way around it.
 */
export function withRecall<Verifier extends AccessTokenVerifier>(
  verifier: Verifier,
  recall: Recall,
): Verifier & { readonly recall: Recall } {
  return Object.defineProperty(verifier, 'recall', { value: recall }) as Verifier & { readonly recall: Recall }
}
