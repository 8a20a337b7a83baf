import { ConfigurationError, type DpopSupport, type SenderConstraintSupport } from '@bailiwick/protocol'

type Support = SenderConstraintSupport | undefined

/**
 * What both verifiers support. A client does not know which of them its token will meet.
 *
 * @throws {ConfigurationError} if their DPoP support cannot be merged
 */
export function mergeSenderConstraints(jwt: Support, introspection: Support): Support {
  const dpop = mergeDpop(jwt?.dpop, introspection?.dpop)
  if (jwt === undefined && introspection === undefined) return undefined
  const required = jwt?.required === true && introspection?.required === true
  return Object.freeze({ required, mtls: jwt?.mtls === true && introspection?.mtls === true, dpop })
}

function mergeDpop(jwt: DpopSupport | undefined, introspection: DpopSupport | undefined): DpopSupport | undefined {
  if (jwt === undefined && introspection === undefined) return undefined
  if (jwt === undefined || introspection === undefined) {
    const lacking = jwt === undefined ? 'jwt' : 'introspection'
    throw new ConfigurationError(
      `${lacking} has no senderConstraint.dpop, and the other verifier has: set it in both or in neither (it takes plain bearer tokens too)`,
    )
  }
  const algorithms = jwt.algorithms.filter((algorithm) => introspection.algorithms.includes(algorithm))
  if (algorithms.length === 0) {
    throw new ConfigurationError('jwt and introspection take no common algorithm of DPoP proofs: give both the same senderConstraint')
  }
  const source = jwt.nonce === undefined ? introspection : jwt
  const nonce = source.nonce?.bind(source)
  return Object.freeze({ algorithms: Object.freeze(algorithms), ...(nonce && { nonce }) })
}
