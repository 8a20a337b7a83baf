import type { AuthenticationDemands } from './authentication-demands.js'
import type { AuthenticationLevels } from './authentication-levels.js'
import type { Session } from './session.js'

export interface LoginReasonInput {
  readonly levels: AuthenticationLevels
  /** The `sub` of the `id_token_hint`, which was verified. */
  readonly hintedSub: string | undefined
  /** In milliseconds since the epoch. */
  readonly nowMs: number
}

/** Why the user must log in anew, for the user to read; `undefined` if the session will do. */
export function findLoginReason(session: Session | undefined, demands: AuthenticationDemands, input: LoginReasonInput): string | undefined {
  if (session === undefined) return 'No one is logged in.'
  return (
    checkPrompt(demands) ??
    checkAge(session, demands, input.nowMs) ??
    checkLevel(session, demands, input.levels) ??
    checkUser(session, input)
  )
}

function checkPrompt({ prompts }: AuthenticationDemands): string | undefined {
  return prompts.includes('login') ? 'The application asks for a new login.' : undefined
}

// OpenID Connect Core 1.0 §3.1.2.1: max_age=0 is the same as prompt=login, in the very second of the login too.
function checkAge({ authTimeSeconds }: Session, { maxAgeSeconds }: AuthenticationDemands, nowMs: number): string | undefined {
  if (maxAgeSeconds === undefined) return undefined
  const ageSeconds = Math.floor(nowMs / 1000) - authTimeSeconds
  if (maxAgeSeconds > 0 && ageSeconds <= maxAgeSeconds) return undefined
  return `The application asks for a login that is no older than ${maxAgeSeconds} seconds.`
}

function checkLevel({ level }: Session, { acrValues }: AuthenticationDemands, levels: AuthenticationLevels): string | undefined {
  if (acrValues.length === 0 || acrValues.some((acr) => levels.satisfies(level, acr))) return undefined
  return `The application asks for a stronger login: ${acrValues.join(' or ')}.`
}

function checkUser({ sub }: Session, { hintedSub }: LoginReasonInput): string | undefined {
  return hintedSub === undefined || hintedSub === sub ? undefined : 'The application expects another user.'
}
