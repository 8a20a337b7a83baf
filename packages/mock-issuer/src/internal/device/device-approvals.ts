import type { DeviceApprovals } from '../../approval.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { IssuerUser } from '../../user.js'
import { isUserName } from '../sessions/session-settings.js'
import { approvePolled, denyPolled } from '../token-endpoint/polled-decision.js'
import type { PolledDecisionInput } from '../token-endpoint/polled-decision.js'
import type { DeviceAuthorizations } from './device-authorizations.js'

export interface DeviceApprovalsInput extends PolledDecisionInput {
  readonly devices: DeviceAuthorizations
  readonly users: readonly IssuerUser[]
  readonly defaultSub: string
}

/** What `issuer.device` is: decisions without the page. They are not guesses, so they are not counted as such. */
export function createDeviceApprovals(input: DeviceApprovalsInput): DeviceApprovals {
  return {
    async approve(userCode, { sub = input.defaultSub } = {}) {
      if (!isUserName(sub)) throw new MockIssuerError('invalid_option', 'The sub of device.approve() must be 1 to 255 ASCII characters.')
      const user = input.users.find((candidate) => candidate.sub === sub) ?? { sub }
      const outcome = await approvePolled(input.devices.findByUserCode(userCode), { user }, input)
      if (outcome === 'not-pending') throw notPending()
      if (outcome !== 'approved') throw new MockIssuerError('contract_broken', outcome.message)
    },
    deny(userCode) {
      if (!denyPolled(input.devices.findByUserCode(userCode), input.now())) throw notPending()
    },
  }
}

function notPending(): MockIssuerError {
  return new MockIssuerError(
    'request_not_pending',
    'No device waits with this user code: it is unknown, its ten minutes are over, or it was decided on. Use the user_code of the last answer of /device_authorization.',
  )
}
