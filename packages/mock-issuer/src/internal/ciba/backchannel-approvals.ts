import type { BackchannelApprovals } from '../../approval.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import { isPending } from '../token-endpoint/polled-authorization.js'
import { approvePolled, denyPolled } from '../token-endpoint/polled-decision.js'
import type { ApprovalOutcome, PolledDecisionInput } from '../token-endpoint/polled-decision.js'
import type { BackchannelRequest, BackchannelRequests } from './backchannel-requests.js'

export interface BackchannelApprovalsInput extends PolledDecisionInput {
  readonly backchannelRequests: BackchannelRequests
}

/** What `issuer.ciba` is. */
export function createBackchannelApprovals(input: BackchannelApprovalsInput): BackchannelApprovals {
  const { backchannelRequests, now } = input
  return {
    pending: () =>
      backchannelRequests
        .list()
        .filter((request) => isPending(request, now()))
        .map(({ authReqId, clientId, user, scopes, bindingMessage, acr }) => ({
          authReqId,
          clientId,
          sub: user.sub,
          scopes,
          bindingMessage,
          acr,
        })),
    async approve(authReqId) {
      const request = backchannelRequests.find(authReqId)
      const outcome = request === undefined ? 'not-pending' : await approveBackchannelRequest(request, input)
      if (outcome === 'not-pending') throw notPending()
      if (outcome !== 'approved') throw new MockIssuerError('contract_broken', outcome.message)
    },
    deny(authReqId) {
      if (!denyPolled(backchannelRequests.find(authReqId), now())) throw notPending()
    },
  }
}

/** Has the user of the request approve it. */
export function approveBackchannelRequest(request: BackchannelRequest, input: PolledDecisionInput): Promise<ApprovalOutcome> {
  return approvePolled(request, request, input)
}

function notPending(): MockIssuerError {
  return new MockIssuerError(
    'request_not_pending',
    'No authentication request waits under this auth_req_id: it is unknown, its time is over, or it was decided on. issuer.ciba.pending() lists those that wait.',
  )
}
