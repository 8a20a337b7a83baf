import type { Laxity } from '../../laxity.js'
import { codeChallenge, isCodeVerifier } from '../authorization/pkce.js'
import type { CodeChallenge } from '../authorization/pkce.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'

/** What a token request presents: what each method makes of its verifier, none, or `unchecked` under the laxity of that name. */
export type PresentedVerifier = Readonly<Record<CodeChallenge['method'], string>> | 'none' | 'unchecked'

/**
 * Reads the code_verifier of a token request.
 * @throws {OAuthRefusal} `invalid_request` when it is missing or cannot be one
 */
export async function readCodeVerifier(form: Form, lax: ReadonlySet<Laxity>): Promise<PresentedVerifier> {
  if (lax.has('code-verifier-unchecked')) return 'unchecked'
  const verifier = form.get('code_verifier')
  if (verifier === undefined) {
    if (lax.has('pkce-optional')) return 'none'
    throw new OAuthRefusal('invalid_request', 'The parameter code_verifier is missing.')
  }
  if (!isCodeVerifier(verifier)) throw new OAuthRefusal('invalid_request', 'The code_verifier is not 43 to 128 unreserved characters.')
  return { S256: await codeChallenge(verifier), plain: verifier }
}

/**
 * Holds the verifier against the challenge of the authorization request. A verifier where there was no challenge is refused too, or an
 * attacker could leave the challenge out of a victim's request (RFC 9700 §4.8.2).
 *
 * @throws {OAuthRefusal} `invalid_grant`, or `invalid_request` when it is missing
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.6 RFC 7636 §4.6}
 */
export function checkCodeVerifier(presented: PresentedVerifier, challenge: CodeChallenge | undefined): void {
  if (presented === 'unchecked') return
  if (presented === 'none') {
    if (challenge === undefined) return
    throw new OAuthRefusal('invalid_request', 'The parameter code_verifier is missing.')
  }
  if (challenge === undefined) throw new OAuthRefusal('invalid_grant', 'There is a code_verifier, and there was no code_challenge.')
  if (presented[challenge.method] !== challenge.value) {
    throw new OAuthRefusal('invalid_grant', 'The code_verifier does not match the code_challenge.')
  }
}
