export type { GuardHandler, HandlerBehind, PrincipalBehind, PrincipalOf, RequestWithLocals } from './guard-handler.js'
export { protect } from './protect.js'
export type { AuthenticateOptions, Protection, ProtectOptions } from './protection.js'
export { RefusalError } from './refusal-error.js'
