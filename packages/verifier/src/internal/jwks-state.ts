import type { RefreshingState } from '@bailiwick/protocol'
import type { RemoteJwksState } from '../remote-jwks-state.js'
import type { JwksDocument } from './jwks-document.js'

/** The observable state of a cached key set, or of none. */
export function describeState(
  document: JwksDocument | undefined,
  { loadedAt, freshUntil, usableUntil, nextLoadAt, failures, lastError, loading }: RefreshingState,
  { ageAt, missing }: { ageAt: number; missing: number },
): RemoteJwksState {
  return {
    keys: document?.keySet.keys.map(({ kid, algorithms }) => ({ kid, algorithms })) ?? [],
    unusable: document?.keySet.unusable ?? [],
    jwksUri: document?.uri,
    fetchedAt: loadedAt,
    ageMs: loadedAt === undefined ? undefined : ageAt - loadedAt,
    freshUntil,
    usableUntil,
    nextRefreshAt: nextLoadAt,
    failures,
    lastError,
    fetching: loading,
    missing,
  }
}
