import type { IssuerClock } from '../../clock.js'
import type { IssuerUsers } from '../../issuer-users.js'
import type { Form } from '../http/form.js'
import type { SigningKeys } from '../signing/signing-keys.js'

export interface DashboardActionsInput {
  readonly clock: IssuerClock
  readonly keys: SigningKeys
  readonly personas: IssuerUsers
  /** The time that the clock had if nobody moved it, in milliseconds since the epoch. */
  unmovedNow(): number
}

/** What a form asks for. It returns why it cannot be done, for a person to read. */
type Action = (form: Form, input: DashboardActionsInput) => Promise<string | undefined> | string | undefined

const actions: Readonly<Record<string, Action>> = {
  'advance-clock': advanceClock,
  'reset-clock': resetClock,
  'rotate-keys': rotateKeys,
  'update-user': updateUser,
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

function updateUser(form: Form, { personas }: DashboardActionsInput): string | undefined {
  const sub = form.get('sub') ?? ''
  if (personas.find(sub) === undefined) return 'There is no such user.'
  const claims = parseObject(form.get('claims') ?? '{}')
  if (claims === undefined) return `The claims of ${sub} must be a JSON object, such as { "account_nr": "42" }. They were not changed.`
  personas.update(sub, { claims })
  return undefined
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
