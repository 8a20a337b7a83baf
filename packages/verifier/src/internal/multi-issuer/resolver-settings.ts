import { ConfigurationError } from '@bailiwick/protocol'
import type { IssuerResolver } from '../../multi-issuer-verifier-options.js'
import { checkNumber, checkOptionNames } from '../options.js'

/** The resolver's options, resolved. */
export interface ResolverSettings extends Pick<IssuerResolver, 'isTrusted' | 'resolve'> {
  readonly resolveTtlMs: number
  readonly unknownTtlMs: number
  readonly timeoutMs: number
  readonly maxIssuers: number
}

const optionNames = [
  'isTrusted',
  'resolve',
  'resolveTtlMs',
  'unknownTtlMs',
  'timeoutMs',
] as const satisfies readonly (keyof IssuerResolver)[]
const dayMs = 86_400_000

export function resolveResolver(resolver: IssuerResolver, maxIssuers: number): ResolverSettings {
  checkOptionNames('issuers', resolver, optionNames)
  const { isTrusted, resolve } = resolver
  if (typeof isTrusted !== 'function')
    throw new ConfigurationError('issuers.isTrusted must be a function: nobody is asked about a name that it does not take')
  if (typeof resolve !== 'function') throw new ConfigurationError('issuers.resolve must be a function')
  return {
    isTrusted: (issuer) => isTrusted.call(resolver, issuer),
    resolve: (issuer) => resolve.call(resolver, issuer),
    resolveTtlMs: checkNumber('issuers.resolveTtlMs', resolver.resolveTtlMs ?? 300_000, { min: 1, max: dayMs }),
    unknownTtlMs: checkNumber('issuers.unknownTtlMs', resolver.unknownTtlMs ?? 10_000, { min: 1, max: dayMs }),
    timeoutMs: checkNumber('issuers.timeoutMs', resolver.timeoutMs ?? 5000, { min: 1, max: 60_000 }),
    maxIssuers,
  }
}
