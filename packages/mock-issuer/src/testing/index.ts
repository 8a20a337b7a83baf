export { checkAudited } from './audit.js'
export type { AuditEvent, AuditExpectation, AuditTrail } from './audit.js'
export { checkForbidden } from './forbidden.js'
export type { ForbiddenExpectation } from './forbidden.js'
export type { HttpAnswer, HttpAnswerHeaders } from './http-answer.js'
export { principal } from './principal.js'
export type {
  ContractPrincipalOptions,
  FakePrincipal,
  FakeToken,
  FreePrincipalOptions,
  PrincipalContract,
  PrincipalOptions,
  PrincipalReading,
} from './principal.js'
export { recordEvents } from './record-events.js'
export type { EventRecorder } from './record-events.js'
export { checkUnauthorized } from './unauthorized.js'
export type { UnauthorizedExpectation } from './unauthorized.js'
export { checkUnavailable } from './unavailable.js'
export type { UnavailableExpectation } from './unavailable.js'
