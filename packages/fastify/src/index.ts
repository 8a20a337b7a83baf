export type {
  GuardedBy,
  GuardedConfig,
  GuardedReplyLike,
  GuardedRequest,
  GuardedRequestLike,
  GuardHook,
  PrincipalBehind,
  PrincipalOf,
} from './guarded-route.js'
export { protect } from './protect.js'
export type { AuthenticateOptions, Protection, ProtectOptions, RequestWithConfig } from './protection.js'
export { RefusalError } from './refusal-error.js'
