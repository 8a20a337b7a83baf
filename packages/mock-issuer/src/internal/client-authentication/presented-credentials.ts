import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseBasicCredentials } from './basic-credentials.js'
import { readClientAssertion } from './client-assertion.js'
import type { ClientAssertion } from './client-assertion.js'

/** What a request says about its client. `client_id` alone is what a public client says, and one with a certificate. */
export type PresentedCredentials =
  | { readonly kind: 'client_secret_basic' | 'client_secret_post'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'assertion'; readonly clientId: string; readonly assertion: ClientAssertion }
  | { readonly kind: 'client_id'; readonly clientId: string }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Reads what a request says about its client, in one way at a time (RFC 6749 §2.3), without believing it.
 * @throws {OAuthRefusal} `invalid_client` if it says nothing that can be used, `invalid_request` if it says two things
 */
export function readPresentedCredentials(request: Request, form: Form): PresentedCredentials {
  const header = request.headers.get('authorization')
  const clientSecret = form.get('client_secret')
  const byAssertion = form.has('client_assertion') || form.has('client_assertion_type')
  if ([header !== null, clientSecret !== undefined, byAssertion].filter(Boolean).length > 1) {
    throw new OAuthRefusal('invalid_request', 'The client authenticates in the header and in the body, or twice in the body; use one way.')
  }
  const clientId = form.get('client_id')
  if (header !== null) return sameClient(readBasic(header), clientId)
  if (byAssertion) return sameClient(readAssertion(form), clientId)
  if (clientId === undefined) throw new OAuthRefusal('invalid_client', 'The request does not say which client it comes from.')
  return clientSecret === undefined ? { kind: 'client_id', clientId } : { kind: 'client_secret_post', clientId, clientSecret }
}

function readBasic(header: string): PresentedCredentials {
  const basic = parseBasicCredentials(header)
  if (basic === undefined) throw new OAuthRefusal('invalid_client', 'The Authorization header is not one of client_secret_basic.')
  return { kind: 'client_secret_basic', ...basic }
}

function readAssertion(form: Form): PresentedCredentials {
  const jwt = form.get('client_assertion')
  if (jwt === undefined || form.get('client_assertion_type') !== assertionType) {
    throw new OAuthRefusal('invalid_client', `Send a client_assertion with the client_assertion_type ${assertionType}.`)
  }
  const assertion = readClientAssertion(jwt)
  return { kind: 'assertion', clientId: assertion.clientId, assertion }
}

function sameClient(presented: PresentedCredentials, clientId: string | undefined): PresentedCredentials {
  if (clientId === undefined || clientId === presented.clientId) return presented
  throw new OAuthRefusal('invalid_request', 'The client_id in the body is not the client that authenticates.')
}
