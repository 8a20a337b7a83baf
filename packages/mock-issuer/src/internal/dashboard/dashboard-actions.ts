import type { IssuerClock } from '../../clock.js'
import type { IssuerUsers } from '../../issuer-users.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { EndpointName } from '../../request-log.js'
import type { FaultList } from '../faults/fault-list.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Form } from '../http/form.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import type { FaultNames } from './fault-names.js'
import { faultPresets } from './fault-presets.js'

export interface DashboardActionsInput {
  readonly clock: IssuerClock
  readonly keys: SigningKeys
  readonly personas: IssuerUsers
  readonly faults: FaultList
  readonly faultNames: FaultNames
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
  'add-fault': addFault,
  'end-fault': endFault,
  'clear-faults': clearFaults,
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
  try {
    clock.advanceSeconds(seconds)
    return undefined
  } catch (error) {
    // It may stand near the last time that there is.
    if (error instanceof MockIssuerError) return error.message
    throw error
  }
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

function addFault(form: Form, { faults }: DashboardActionsInput): string | undefined {
  const [endpoint, preset, times] = [readEndpoint(form.get('endpoint')), form.get('fault') ?? '', form.get('times')]
  const fault = Object.hasOwn(faultPresets, preset) ? faultPresets[preset]?.fault : undefined
  if (endpoint === undefined || fault === undefined) return 'There is no such fault.'
  if (times !== undefined && !/^[1-9]\d{0,2}$/.test(times)) return 'A fault is there up to 999 times, or until it is ended.'
  faults.add({ ...fault, endpoint, ...(times === undefined ? {} : { times: Number(times) }) })
  return undefined
}

function endFault(form: Form, { faults, faultNames }: DashboardActionsInput): string | undefined {
  const fault = faultNames.find(faults.active, form.get('fault') ?? '')
  return fault !== undefined && faults.end(fault) ? undefined : 'This fault is over already.'
}

function clearFaults(_form: Form, { faults }: DashboardActionsInput): undefined {
  faults.clear()
}

function readEndpoint(name: string | undefined): EndpointName | '*' | undefined {
  if (name === '*') return name
  return (Object.keys(endpointPaths) as EndpointName[]).find((known) => known === name && known !== 'dashboard')
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
