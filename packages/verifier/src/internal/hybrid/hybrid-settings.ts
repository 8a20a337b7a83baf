import { type AccessTokenVerifier, ConfigurationError } from '@bailiwick/protocol'
import type { ConfirmedHybridOptions, ConfirmingVerifier, HybridVerifierOptions } from '../../hybrid-verifier-options.js'
import { checkFunctions, checkOptionNames } from '../options.js'
import type { ConfirmationInput } from './confirmation.js'

/** The options, checked. */
export interface HybridVerifierSettings extends Pick<HybridVerifierOptions, 'jwt' | 'introspection' | 'now'> {
  /** Which JWTs are confirmed, and by which verifier; `undefined`: none. */
  readonly confirming: Pick<ConfirmationInput, 'introspection' | 'isWanted'> | undefined
}

export function resolveHybridVerifierOptions(options: HybridVerifierOptions): HybridVerifierSettings {
  checkOptionNames('createHybridVerifier', options, ['jwt', 'introspection', 'confirm', 'now'])
  const { jwt, introspection, confirm, now } = options
  checkVerifier('jwt', jwt, 'createJwtVerifier or createMultiIssuerVerifier')
  checkVerifier('introspection', introspection, 'createIntrospectionVerifier')
  checkFunctions({ confirm, now })
  return { jwt, introspection, confirming: resolveConfirm(confirm, introspection), now }
}

function resolveConfirm(
  isWanted: ConfirmedHybridOptions['confirm'],
  introspection: AccessTokenVerifier,
): HybridVerifierSettings['confirming'] {
  if (isWanted === undefined) return undefined
  if (canConfirm(introspection)) return { introspection, isWanted }
  throw new ConfigurationError('confirm needs an introspection verifier that can confirm a token: one of createIntrospectionVerifier')
}

function canConfirm(verifier: AccessTokenVerifier): verifier is ConfirmingVerifier {
  return 'confirm' in verifier && typeof verifier.confirm === 'function'
}

function checkVerifier(name: string, verifier: { verify?: unknown } | undefined, maker: string): void {
  if (typeof verifier?.verify === 'function') return
  throw new ConfigurationError(`${name} must be a verifier: what ${maker} gave`)
}
