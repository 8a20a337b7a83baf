import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { Laxity } from '../../laxity.js'
import { authenticateConfidentialClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import type { Form } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readRequestedTarget } from '../resource/token-target.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import { preferredLevel, reportedAcr } from '../sessions/authentication-levels.js'
import type { AuthenticationLevels } from '../sessions/authentication-levels.js'
import { requireGrantType } from '../token-endpoint/client-grant-types.js'
import { denyPolled } from '../token-endpoint/polled-decision.js'
import type { PolledDecisionInput } from '../token-endpoint/polled-decision.js'
import { approveBackchannelRequest } from './backchannel-approvals.js'
import type { BackchannelRequest, BackchannelRequests } from './backchannel-requests.js'
import { findHintedUser } from './hinted-user.js'
import type { HintedUserInput } from './hinted-user.js'

export interface BackchannelAuthenticationEndpointInput
  extends HintedUserInput, PolledDecisionInput, TokenTargetSettings, ClientAuthenticationInput {
  readonly contract: IssuerContract | undefined
  readonly levels: AuthenticationLevels
  readonly backchannelRequests: BackchannelRequests
  readonly lax: ReadonlySet<Laxity>
}

const defaultTtlSeconds = 120
const maxTtlSeconds = 3_600

/**
 * Takes an authentication request on the client's own channel, in poll mode. What becomes of it is the user's `ciba`, or is decided by
 * `issuer.ciba`.
 *
 * @see {@link https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#auth_request CIBA Core 1.0 §7}
 */
export function createBackchannelAuthenticationEndpoint(input: BackchannelAuthenticationEndpointInput): Endpoint {
  return {
    name: 'backchannel-authentication',
    path: endpointPaths['backchannel-authentication'],
    cors: 'none',
    metadata: (url) => ({
      backchannel_authentication_endpoint: url,
      backchannel_token_delivery_modes_supported: ['poll'],
      backchannel_user_code_parameter_supported: false,
    }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateConfidentialClient(request, form, input)
        requireGrantType(client, 'urn:openid:params:grant-type:ciba')
        // The parameters inside would be lost, and with them what the client meant.
        if (form.has('request')) throw new OAuthRefusal('invalid_request', 'Signed authentication requests are not supported.')
        const opened = await openRequest(form, client, input)
        await decideAutomatically(opened, input)
        return jsonResponse({
          auth_req_id: opened.authReqId,
          expires_in: Math.round((opened.expiresAtMs - input.now()) / 1000),
          interval: opened.intervalSeconds,
        })
      }),
    },
  }
}

async function openRequest(form: Form, client: IssuerClient, input: BackchannelAuthenticationEndpointInput): Promise<BackchannelRequest> {
  const requested = readRequestedScopes(form.get('scope'), client, input.contract, input.lax)
  if (requested.problem !== undefined) throw new OAuthRefusal('invalid_scope', requested.problem, 400, requested.advice)
  const { scopes } = requested
  if (!scopes.includes('openid')) throw new OAuthRefusal('invalid_scope', 'The scope must contain openid.')
  const bindingMessage = readBindingMessage(form)
  const expiresInSeconds = readExpiry(form)
  const target = readRequestedTarget(form, input)
  const user = await findHintedUser(form, client, input)
  const acrValues =
    form
      .get('acr_values')
      ?.split(' ')
      .filter((value) => value !== '') ?? []
  const level = preferredLevel(acrValues, input.levels) ?? input.levels.find(user.acr) ?? input.levels.weakest
  const acr = reportedAcr(level, acrValues, input.levels)
  return input.backchannelRequests.open(client, { scopes, target, user, bindingMessage, acr, amr: level.amr, expiresInSeconds })
}

// It is shown on two devices for a person to compare, so it is short, and has no characters that would not be seen.
function readBindingMessage(form: Form): string | undefined {
  const message = form.get('binding_message')
  if (message === undefined || /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,100}$/u.test(message)) return message
  throw new OAuthRefusal('invalid_binding_message', 'The binding_message is not 1 to 100 visible characters.')
}

function readExpiry(form: Form): number {
  const requested = form.get('requested_expiry')
  if (requested === undefined) return defaultTtlSeconds
  if (!/^[1-9]\d{0,9}$/.test(requested)) throw new OAuthRefusal('invalid_request', 'The requested_expiry is not a positive whole number.')
  return Math.min(Number(requested), maxTtlSeconds)
}

// What the contract does not allow the user stays pending: a person could not approve it either.
async function decideAutomatically(request: BackchannelRequest, input: PolledDecisionInput): Promise<void> {
  if (request.user.ciba === 'approve') await approveBackchannelRequest(request, input)
  if (request.user.ciba === 'deny') denyPolled(request, input.now())
}
