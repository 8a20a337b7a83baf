import type { Parameters } from '../http/parameters.js'
import { refuseAuthorization } from './authorization-error.js'
import type { AuthorizationError } from './authorization-error.js'
import { readResponseMode } from './response-mode.js'

/** Checks that the request is one for a code, and uses nothing that there is not. */
export function checkProtocol({ values, repeated }: Parameters): AuthorizationError | undefined {
  if (repeated.length > 0) return refuseAuthorization('invalid_request', `Send each parameter once; repeated: ${repeated.join(', ')}.`)
  if (values.has('request_uri')) {
    return refuseAuthorization('request_uri_not_supported', 'The issuer fetches no request objects; push the request to it (RFC 9126).')
  }
  if (values.has('registration')) {
    return refuseAuthorization('registration_not_supported', 'Registration in the request is not supported.')
  }
  const responseType = values.get('response_type')
  if (responseType === undefined) return refuseAuthorization('invalid_request', 'The parameter response_type is missing.')
  if (responseType !== 'code') return refuseAuthorization('unsupported_response_type', 'The only response_type is code.')
  if (readResponseMode(values.get('response_mode')) === undefined) {
    return refuseAuthorization('invalid_request', 'The response_mode is neither query nor form_post.')
  }
  if (!/^[\w-]{43}$/.test(values.get('dpop_jkt') ?? 'x'.repeat(43))) {
    return refuseAuthorization('invalid_request', 'The dpop_jkt is not the base64url of a SHA-256 hash.')
  }
  return undefined
}

/** Checks what says how the user is to log in (OpenID Connect Core 1.0 §3.1.2.1). */
export function checkPrompt(values: ReadonlyMap<string, string>): AuthorizationError | undefined {
  const prompts = values.get('prompt')?.split(' ') ?? []
  const known = prompts.every((prompt) => ['none', 'login', 'consent', 'select_account'].includes(prompt))
  if (!known) return refuseAuthorization('invalid_request', 'The prompt is none of none, login, consent and select_account.')
  if (prompts.includes('none') && prompts.length > 1) {
    return refuseAuthorization('invalid_request', 'prompt=none cannot be combined with another prompt.')
  }
  const maxAge = values.get('max_age')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) {
    return refuseAuthorization('invalid_request', 'The max_age is not a number of seconds.')
  }
  return undefined
}
