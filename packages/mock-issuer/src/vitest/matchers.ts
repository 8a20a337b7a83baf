import { judgeAudited } from '../testing/audit.js'
import type { AuditExpectation, AuditTrail } from '../testing/audit.js'
import { judgeForbidden } from '../testing/forbidden.js'
import type { ForbiddenExpectation } from '../testing/forbidden.js'
import type { HttpAnswer } from '../testing/http-answer.js'
import { judgeUnauthorized } from '../testing/unauthorized.js'
import type { UnauthorizedExpectation } from '../testing/unauthorized.js'
import { judgeUnavailable } from '../testing/unavailable.js'
import type { UnavailableExpectation } from '../testing/unavailable.js'

/** The matchers, as `expect` has them once this module was imported. */
export interface IssuerMatchers {
  /** Expects a 401 with a well-formed challenge for access tokens. See `checkUnauthorized` of `@bailiwick/mock-issuer/testing`. */
  toBeUnauthorized(expected?: UnauthorizedExpectation): void
  /** Expects a 403, with `scope` one that asks for just these scopes. See `checkForbidden` of `@bailiwick/mock-issuer/testing`. */
  toBeForbidden(expected?: ForbiddenExpectation): void
  /** Expects a 503 with `Retry-After` and without a challenge. See `checkUnavailable` of `@bailiwick/mock-issuer/testing`. */
  toBeUnavailable(expected?: UnavailableExpectation): void
  /** Expects of recorded events that one of them says this. See `checkAudited` of `@bailiwick/mock-issuer/testing`. */
  toHaveBeenAudited(expected?: AuditExpectation): void
}

declare module 'vitest' {
  interface Matchers<T> extends IssuerMatchers {}
}

/** What `expect.extend` takes. */
export const matchers = {
  toBeUnauthorized: (received: HttpAnswer, expected?: UnauthorizedExpectation) => result(judgeUnauthorized(received, expected)),
  toBeForbidden: (received: HttpAnswer, expected?: ForbiddenExpectation) => result(judgeForbidden(received, expected)),
  toBeUnavailable: (received: HttpAnswer, expected?: UnavailableExpectation) => result(judgeUnavailable(received, expected)),
  toHaveBeenAudited: (received: AuditTrail, expected?: AuditExpectation) => result(judgeAudited(received, expected)),
}

function result({ pass, message }: { readonly pass: boolean; readonly message: string }): { pass: boolean; message: () => string } {
  return { pass, message: () => message }
}
