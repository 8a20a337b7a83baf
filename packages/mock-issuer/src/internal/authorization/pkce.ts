import type { Laxity } from '../../laxity.js'
import { sha256Base64url } from '../sha256.js'

/** A code challenge and how it was made (RFC 7636 §4.3). `plain` occurs under the laxity `pkce-plain` alone. */
export interface CodeChallenge {
  readonly method: 'S256' | 'plain'
  readonly value: string
}

/** The challenge of an authorization request, or why it is refused. */
export type CodeChallengeOutcome =
  | { readonly challenge: CodeChallenge | undefined; readonly problem?: undefined }
  | { readonly problem: string; readonly advice?: string }

/**
 * Reads the challenge of an authorization request. It must be there, and made by S256, unless a laxity says otherwise.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.3 RFC 7636 §4.3}
 */
export function readCodeChallenge(values: ReadonlyMap<string, string>, lax: ReadonlySet<Laxity>): CodeChallengeOutcome {
  const value = values.get('code_challenge')
  // Left out, the method means plain.
  const method = values.get('code_challenge_method') ?? 'plain'
  if (value === undefined) {
    const isOptional = lax.has('pkce-optional') && !values.has('code_challenge_method')
    const advice = 'Have the client do PKCE (RFC 7636); the laxity "pkce-optional" lets clients that cannot pass.'
    return isOptional ? { challenge: undefined } : { problem: 'PKCE is required: the parameter code_challenge is missing.', advice }
  }
  if (method === 'S256') {
    return isCodeChallenge(value)
      ? { challenge: { method, value } }
      : { problem: 'The code_challenge is not the base64url of a SHA-256 hash.' }
  }
  if (method !== 'plain' || !lax.has('pkce-plain')) return { problem: 'PKCE is required with code_challenge_method=S256.' }
  return isCodeVerifier(value)
    ? { challenge: { method, value } }
    : { problem: 'The code_challenge is not 43 to 128 unreserved characters.' }
}

/** Whether a text can be an S256 challenge: the base64url of a SHA-256 hash. */
function isCodeChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Whether a text can be a code verifier: 43 to 128 unreserved characters (RFC 7636 §4.1). */
export function isCodeVerifier(text: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(text)
}

/** The S256 challenge of a code verifier (RFC 7636 §4.2). */
export function codeChallenge(verifier: string): Promise<string> {
  return sha256Base64url(verifier)
}
