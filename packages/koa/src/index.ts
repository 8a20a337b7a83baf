export type { GuardedState, PrincipalBehind, PrincipalOf } from './guarded-state.js'
export { protect } from './protect.js'
export type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
