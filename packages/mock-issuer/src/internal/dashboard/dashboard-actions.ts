import type { IssuerClock } from '../../clock.js'
import type { Form } from '../http/form.js'
import type { SigningKeys } from '../signing/signing-keys.js'

export interface DashboardActionsInput {
  readonly clock: IssuerClock
  readonly keys: SigningKeys
  /** The time that the clock had if nobody moved it, in milliseconds since the epoch. */
  unmovedNow(): number
}

/** What a form asks for. It returns why it cannot be done, for a person to read. */
type Action = (form: Form, input: DashboardActionsInput) => Promise<string | undefined> | string | undefined

const actions: Readonly<Record<string, Action>> = {
  'advance-clock': advanceClock,
  'reset-clock': resetClock,
  'rotate-keys': rotateKeys,
}

/** Does what a form asks for; returns why not, if it cannot be done. */
export async function performAction(form: Form, input: DashboardActionsInput): Promise<string | undefined> {
  const name = form.get('action') ?? ''
  if (!Object.hasOwn(actions, name)) return 'The form asks for nothing that this page can do.'
  return actions[name]?.(form, input)
}

const maxSeconds = 10 * 365 * 86_400

function advanceClock(form: Form, { clock }: DashboardActionsInput): string | undefined {
  const seconds = Number(form.get('seconds') ?? Number.NaN)
  if (!Number.isInteger(seconds) || Math.abs(seconds) > maxSeconds)
    return 'Move the clock by a whole number of seconds, by ten years at most.'
  clock.advanceSeconds(seconds)
  return undefined
}

function resetClock(_form: Form, { clock, unmovedNow }: DashboardActionsInput): undefined {
  clock.setMs(unmovedNow())
}

async function rotateKeys(form: Form, { keys }: DashboardActionsInput): Promise<undefined> {
  await keys.rotate({ keepOld: form.get('old') !== 'withdraw' })
}
