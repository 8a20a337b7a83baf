export type { GuardedEnv, PrincipalBehind, PrincipalOf } from './guarded-env.js'
export { protect } from './protect.js'
export type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
export { RefusalError } from './refusal-error.js'
