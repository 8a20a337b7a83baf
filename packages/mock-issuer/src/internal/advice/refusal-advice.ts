import type { IssuerClient } from '../../client.js'
import type { LoggedRequest } from '../../request-log.js'
import type { Refusal } from '../http/refusal.js'
import { authenticationAdvice, grantAdvice, unknownGrantAdvice } from './client-advice.js'
import { listed } from './known-names.js'

/** What advice is given by: the settings of the issuer. */
export interface RefusalAdviceInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly trustedIssuers: { readonly size: number }
  readonly allowedResources: ReadonlySet<string> | undefined
  readonly authorizationDetailsTypes: ReadonlySet<string> | undefined
}

type Asked = Pick<LoggedRequest, 'clientId' | 'grantType' | 'endpoint'>
type Adviser = (asked: Asked, input: RefusalAdviceInput) => string | undefined

/**
 * What would mend a refused request, in the request or in the options of the issuer: what the check that failed says of it, or else what its
 * error code and what the log has of it tell. It is for the person who runs the issuer: to a client it would say too much of the registered ones.
 */
export function refusalAdvice({ error, advice }: Refusal, asked: Asked, input: RefusalAdviceInput): string | undefined {
  return advice ?? (Object.hasOwn(advisers, error) ? advisers[error]?.(asked, input) : undefined)
}

const advisers: Readonly<Record<string, Adviser>> = {
  invalid_client: ({ clientId }, { clients }) => authenticationAdvice(clientId, clients),
  unauthorized_client: (asked, { clients }) => grantAdvice(asked, clients),
  unsupported_grant_type: ({ grantType }, { trustedIssuers }) => unknownGrantAdvice(grantType, trustedIssuers.size > 0),
  invalid_target: (_, { allowedResources }) =>
    allowedResources && `The option "resources" names what can be asked for: ${listed(allowedResources)}.`,
  invalid_authorization_details: (_, { authorizationDetailsTypes }) =>
    authorizationDetailsTypes &&
    `The option "authorizationDetailsTypes" names what can be asked for: ${listed(authorizationDetailsTypes)}.`,
  use_dpop_nonce: () => 'Nothing is wrong yet: the client sends the request again, with the nonce of the DPoP-Nonce header in its proof.',
  authorization_pending: () => 'Nothing is wrong yet: the client asks again until the user has answered, on the page or by the test.',
}
