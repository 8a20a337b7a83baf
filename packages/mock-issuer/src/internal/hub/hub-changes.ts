import type { MountedIssuer } from './issuer-hub.js'

/**
 * Says which issuers of a hub have other keys or tokens than before it was configured anew, one line for each; nothing about those that have
 * kept all of it.
 */
export function describeHubChanges(
  before: ReadonlyMap<string, MountedIssuer>,
  after: ReadonlyMap<string, MountedIssuer>,
): readonly string[] {
  const gone = [...before.values()].filter(({ path }) => !after.has(path))
  return [
    ...[...after.values()].flatMap((now) => describeIssuer(now, before.get(now.path))),
    ...gone.map(({ issuer }) => `${issuer.issuer} is gone, with its keys and tokens`),
  ]
}

function describeIssuer({ issuer, state }: MountedIssuer, before: MountedIssuer | undefined): readonly string[] {
  const name = issuer.issuer
  if (before === undefined) return [`${name} is new, with keys of its own`]
  if (before.state.keys !== state.keys) return [`${name} has new keys, and forgot the tokens of ${before.issuer.issuer}`]
  return [
    ...(before.state.algorithm === state.algorithm
      ? []
      : [`${name} signs with a new key, for ${state.algorithm}; the old ones still verify`]),
    ...(before.state.refreshTokens === state.refreshTokens
      ? []
      : [`${name} forgot its refresh tokens and codes, which have another lifetime now`]),
  ]
}
