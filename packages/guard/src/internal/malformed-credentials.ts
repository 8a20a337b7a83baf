import type { MalformedCredentials } from '@bailiwick/protocol'

/** Why malformed credentials are refused, in words for whoever looks for the mistake: the code, then what to look at. */
export function explainMalformed(reason: MalformedCredentials): string {
  return `${reason}: ${EXPLANATIONS[reason]}`
}

const EXPLANATIONS: Readonly<Record<MalformedCredentials, string>> = {
  header_invalid: 'the Authorization header is not a scheme followed by a token: is "Bearer" missing?',
  token_missing: 'no token follows the scheme in the Authorization header, or the access_token parameter is empty: is a variable unset?',
  token_too_long: 'the token is longer than the option maxTokenBytes allows',
  token_invalid: 'the token has a character that no access token has: is it quoted, or are there spaces or a line break in it?',
  several_tokens: 'the request presents more than one token, or one in two places',
}
