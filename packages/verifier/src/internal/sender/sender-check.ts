import { ConfigurationError, isJsonObject, type SenderConstraintSupport, type TokenPresentation } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { SenderConstraintOptions } from '../../sender-constraint-options.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { checkOptionNames } from '../options.js'
import { quote } from '../quote.js'
import { createDpopCheck } from './dpop/dpop-check.js'
import { createCertificateCheck } from './mtls/certificate-check.js'

/** Whether the one who presents a token is the one it was issued to. */
export interface SenderCheck {
  readonly support: SenderConstraintSupport | undefined
  /**
   * Asked of every request, whatever is known of the token. Gives a promise only where there is something to wait for.
   *
   * @throws {AccessTokenError}
   */
  check(token: string, claims: Claims, presentation: TokenPresentation | undefined): void | Promise<void>
}

/** The members of `cnf` that are understood. */
const methods = ['jkt', 'x5t#S256']

/**
 * Checks a token against its sender: a `cnf` in it must be understood as a whole, and everything that it demands must hold. A token
 * that is bound to a key goes with the scheme `DPoP`, and no other token does.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7800#section-3.1 RFC 7800 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export function createSenderCheck(options: SenderConstraintOptions = {}, { now }: { now: () => number }): SenderCheck {
  checkOptionNames('senderConstraint', options, ['dpop', 'mtls', 'required'])
  const { required = false } = options
  if (typeof required !== 'boolean') throw new ConfigurationError('senderConstraint.required must be true or false')
  const dpop = options.dpop && createDpopCheck(options.dpop, { now })
  const mtls = options.mtls && createCertificateCheck(options.mtls)
  if (required && dpop === undefined && mtls === undefined) {
    throw new ConfigurationError('senderConstraint.required needs dpop, mtls, or both: as it is, no token would be accepted')
  }
  const isSupported = dpop !== undefined || mtls !== undefined
  const support = isSupported ? Object.freeze({ required, mtls: mtls !== undefined, dpop: dpop?.support }) : undefined

  return { support, check }

  function check(token: string, claims: Claims, presentation: TokenPresentation | undefined): void | Promise<void> {
    const isDpop = presentation !== undefined && presentation.scheme !== 'Bearer'
    if (isDpop && dpop === undefined) throw new AccessTokenError('scheme_unsupported')
    if (!Object.hasOwn(claims, 'cnf')) {
      if (required) throw new AccessTokenError('sender_constraint_missing')
      if (isDpop) throw new AccessTokenError('scheme_mismatch', { detail: 'it is not bound to a key, and came under DPoP' })
      return
    }
    return checkConfirmation(token, readConfirmation(claimOf(claims, 'cnf')), presentation, isDpop)
  }

  function checkConfirmation(
    token: string,
    { jkt, certificate }: Confirmation,
    presentation: TokenPresentation | undefined,
    isDpop: boolean,
  ): void | Promise<void> {
    if (presentation === undefined) throw new AccessTokenError('confirmation_unchecked', { detail: 'the request was not given' })
    if (jkt !== undefined && dpop === undefined) throw unchecked('jkt', 'dpop')
    if (certificate !== undefined && mtls === undefined) throw unchecked('x5t#S256', 'mtls')
    if (isDpop !== (jkt !== undefined)) {
      const detail = isDpop ? 'it is not bound to a key, and came under DPoP' : 'it is bound to a key, and came under Bearer'
      throw new AccessTokenError('scheme_mismatch', { detail })
    }
    const { request } = presentation
    // The certificate first: it costs nothing to compare, and a proof that was looked at is used up.
    const certified = certificate === undefined ? undefined : mtls?.check(certificate, request)
    if (jkt === undefined || dpop === undefined) return certified
    return certified instanceof Promise ? certified.then(() => dpop.check({ token, jkt, request })) : dpop.check({ token, jkt, request })
  }
}

interface Confirmation {
  readonly jkt: string | undefined
  readonly certificate: string | undefined
}

/** A method that is not understood cannot be left out: it is there to keep others from using the token. */
function readConfirmation(cnf: unknown): Confirmation {
  if (!isJsonObject(cnf)) throw new AccessTokenError('confirmation_invalid', { detail: 'cnf is not a JSON object' })
  const names = Object.keys(cnf)
  const foreign = names.find((name) => !methods.includes(name))
  if (foreign !== undefined) throw new AccessTokenError('confirmation_unchecked', { detail: `${quote(foreign)} is not understood` })
  if (names.length === 0) throw new AccessTokenError('confirmation_invalid', { detail: 'cnf is empty' })
  return { jkt: thumbprint(cnf, 'jkt'), certificate: thumbprint(cnf, 'x5t#S256') }
}

function thumbprint(cnf: Record<string, unknown>, name: string): string | undefined {
  const value = claimOf(cnf, name)
  if (value === undefined) return undefined
  if (typeof value === 'string' && /^[\w-]{43}$/.test(value)) return value
  throw new AccessTokenError('confirmation_invalid', { detail: `${name} is not the base64url of a SHA-256` })
}

function unchecked(member: string, option: string): AccessTokenError {
  return new AccessTokenError('confirmation_unchecked', { detail: `it has ${member}, and senderConstraint.${option} is not set` })
}
