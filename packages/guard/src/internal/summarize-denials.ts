import { denied, deniedForStepUp, undecided } from '../decision.js'
import type { Decision, Denied, Undecided } from '../decision.js'

/** The one decision that several refused alternatives come down to. */
export function summarizeDenials(refused: readonly (Denied | Undecided)[]): Decision {
  const reason = `no alternative is satisfied: ${refused.map((decision) => decision.reason).join('; ')}`

  // A guard of someone else's may answer with something that is no decision: that is not a "no" either, which `not` would turn round.
  const open = refused.find((decision) => decision.kind !== 'denied')
  if (open !== undefined) return undecided(reason, open.cause)

  const denials = refused.filter((decision) => decision.kind === 'denied')
  const { code, scopes, stepUp } = denials.find(isMisconfigured) ?? denials.find(isRemediable) ?? denials[0] ?? FORBIDDEN
  return stepUp === undefined ? denied(code, reason, scopes) : deniedForStepUp(reason, stepUp)
}

/** It must not be hidden by another denial, or `not` would turn a mistake into an "allow". */
function isMisconfigured({ code }: Denied): boolean {
  return code === 'misconfigured'
}

function isRemediable({ code }: Denied): boolean {
  return code === 'insufficient_scope' || code === 'insufficient_user_authentication'
}

const FORBIDDEN: Denied = denied('forbidden', 'no alternative')
