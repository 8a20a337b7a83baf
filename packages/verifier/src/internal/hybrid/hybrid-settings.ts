import { ConfigurationError } from '@bailiwick/protocol'
import type { HybridVerifierOptions } from '../../hybrid-verifier-options.js'
import { checkFunctions, checkOptionNames } from '../options.js'

/** Checks the options. */
export function resolveHybridVerifierOptions(options: HybridVerifierOptions): HybridVerifierOptions {
  checkOptionNames('createHybridVerifier', options, ['jwt', 'introspection', 'confirm', 'now'])
  const { jwt, introspection, confirm, now } = options
  checkVerifier('jwt', jwt, 'createJwtVerifier or createMultiIssuerVerifier')
  checkVerifier('introspection', introspection, 'createIntrospectionVerifier')
  checkFunctions({ confirm, now })
  if (confirm !== undefined && typeof introspection.confirm !== 'function') {
    throw new ConfigurationError('confirm needs an introspection verifier that can confirm a token: one of createIntrospectionVerifier')
  }
  return { jwt, introspection, confirm, now }
}

function checkVerifier(name: string, verifier: { verify?: unknown } | undefined, maker: string): void {
  if (typeof verifier?.verify === 'function') return
  throw new ConfigurationError(`${name} must be a verifier: what ${maker} gave`)
}
