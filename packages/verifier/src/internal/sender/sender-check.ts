import { ConfigurationError, isJsonObject, type SenderConstraintSupport, type TokenPresentation } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { SenderConstraintOptions } from '../../sender-constraint-options.js'
import { isBase64url } from '../base64url.js'
import { claimOf } from '../checks/claims.js'
import { checkOptionNames } from '../options.js'
import { quote } from '../quote.js'
import { createDpopCheck } from './dpop/dpop-check.js'
import { createCertificateCheck } from './mtls/certificate-check.js'
import { schemeUnsupported } from './scheme-unsupported.js'

/** Checks that the presenter of a token is the one that it was issued to. */
export interface SenderCheck {
  readonly support: SenderConstraintSupport | undefined
  /**
   * Runs for every request, even if the verdict is cached. `confirmation` is the `cnf` of the token, or `undefined`. Returns a
   * promise only if something must be awaited.
   *
   * @throws {AccessTokenError}
   */
  check(token: string, confirmation: unknown, presentation: TokenPresentation | undefined): void | Promise<void>
}

/** The supported members of `cnf`. */
const methods = new Set(['jkt', 'x5t#S256'])

/**
 * Checks a token against its sender. Every member of its `cnf` must be supported, and every one must match the request. A
 * key-bound token requires the scheme `DPoP`, which no other token may use.
 *
 * RFC 7800 lets applications ignore unknown members. They are refused here, since whoever adds one wants to restrict the token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7800#section-3.1 RFC 7800 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export function createSenderCheck(options: SenderConstraintOptions = {}, { now }: { now: () => number }): SenderCheck {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError('senderConstraint must be an object, or left out')
  checkOptionNames('senderConstraint', options, ['dpop', 'mtls', 'required'])
  const { required = false } = options
  if (typeof required !== 'boolean') throw new ConfigurationError('senderConstraint.required must be true or false')
  const dpop = options.dpop === undefined ? undefined : createDpopCheck(options.dpop, { now })
  const mtls = options.mtls === undefined ? undefined : createCertificateCheck(options.mtls)
  if (required && dpop === undefined && mtls === undefined) {
    throw new ConfigurationError('senderConstraint.required needs dpop, mtls, or both: as it is, no token would be accepted')
  }
  const isSupported = dpop !== undefined || mtls !== undefined
  const support = isSupported ? Object.freeze({ required, mtls: mtls !== undefined, dpop: dpop?.support }) : undefined

  return { support, check }

  function check(token: string, confirmation: unknown, presentation: TokenPresentation | undefined): void | Promise<void> {
    const isDpop = presentation !== undefined && presentation.scheme !== 'Bearer'
    if (isDpop && dpop === undefined) throw schemeUnsupported()
    if (confirmation === undefined) {
      if (required) throw new AccessTokenError('sender_constraint_missing')
      if (isDpop) throw schemeMismatch('it is not bound to a key, and came under DPoP')
      return
    }
    return checkConfirmation(token, confirmation, presentation)
  }

  function checkConfirmation(token: string, cnf: unknown, presentation: TokenPresentation | undefined): void | Promise<void> {
    const { jkt, thumbprint } = readConfirmation(cnf)
    if (presentation === undefined) throw new AccessTokenError('confirmation_unchecked', { detail: 'the request was not given' })
    // All members are checked for support before the first is checked against the request, because a DPoP check uses the proof up.
    const proof = jkt === undefined ? undefined : { check: configured(dpop, 'jkt', 'dpop'), jkt }
    const certificate = thumbprint === undefined ? undefined : { check: configured(mtls, 'x5t#S256', 'mtls'), thumbprint }
    const { scheme, request } = presentation
    if (proof === undefined && scheme !== 'Bearer') throw schemeMismatch('it is not bound to a key, and came under DPoP')
    if (proof !== undefined && scheme === 'Bearer') throw schemeMismatch('it is bound to a key, and came under Bearer')
    const certified = certificate?.check.check(certificate.thumbprint, request)
    if (proof === undefined) return certified
    const prove = () => proof.check.check({ token, jkt: proof.jkt, request })
    return certified === undefined ? prove() : certified.then(prove)
  }
}

interface Confirmation {
  /** The thumbprint of the key (RFC 9449 §6.1). */
  readonly jkt: string | undefined
  /** The thumbprint of the certificate (RFC 8705 §3.1). */
  readonly thumbprint: string | undefined
}

/** An unsupported method cannot be ignored: it is there to keep others from using the token. */
function readConfirmation(cnf: unknown): Confirmation {
  if (!isJsonObject(cnf)) throw new AccessTokenError('confirmation_invalid', { detail: 'cnf is not a JSON object' })
  const names = Object.keys(cnf)
  const foreign = names.find((name) => !methods.has(name))
  if (foreign !== undefined) throw new AccessTokenError('confirmation_unchecked', { detail: `${quote(foreign)} is not understood` })
  if (names.length === 0) throw new AccessTokenError('confirmation_invalid', { detail: 'cnf is empty' })
  return { jkt: readThumbprint(cnf, 'jkt'), thumbprint: readThumbprint(cnf, 'x5t#S256') }
}

/** Canonical base64url of 32 bytes. A SHA-1, hexadecimal or padding is refused. */
function readThumbprint(cnf: Record<string, unknown>, name: string): string | undefined {
  const value = claimOf(cnf, name)
  if (value === undefined) return undefined
  if (typeof value === 'string' && value.length === 43 && isBase64url(value)) return value
  throw new AccessTokenError('confirmation_invalid', { detail: `${name} is not the base64url of a SHA-256` })
}

function configured<Check>(check: Check | undefined, member: string, option: string): Check {
  if (check !== undefined) return check
  throw new AccessTokenError('confirmation_unchecked', { detail: `it has ${member}, and senderConstraint.${option} is not set` })
}

function schemeMismatch(detail: string): AccessTokenError {
  return new AccessTokenError('scheme_mismatch', { detail })
}
