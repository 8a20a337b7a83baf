import type { IdTokenClaims } from './client-options.js'
import type { AuthorizationDetail } from './login.js'
import type { TokenSet } from './token-set.js'

/** What a login on another device asks for. */
export interface StartDeviceLoginOptions {
  /** Default: the client's `scope`. */
  readonly scope?: string | undefined
  /** The APIs that the access token is for (RFC 8707). */
  readonly resource?: string | readonly string[] | undefined
  /** RFC 9396. */
  readonly authorizationDetails?: readonly AuthorizationDetail[] | undefined
  /** Ends the request, as `aborted`. */
  readonly signal?: AbortSignal | undefined
}

/** What to show to the user, and the wait for them. */
export interface DeviceLogin<Claims = IdTokenClaims> {
  /** What the user types in, as the server formats it. */
  readonly userCode: string
  /** Where they do so. `https`, loopback aside. */
  readonly verificationUri: string
  /** The same with the code in it, for a QR code; not every server gives one. */
  readonly verificationUriComplete: string | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** Asks, as often as the server allows, until the user has decided or the time is over. Call it once. */
  complete(options?: { readonly signal?: AbortSignal | undefined }): Promise<DeviceLoginOutcome<Claims>>
}

/** How it ended. `refused`: the user said no. `expired`: nobody said anything in time. */
export type DeviceLoginOutcome<Claims = IdTokenClaims> =
  | { readonly kind: 'logged-in'; readonly tokens: TokenSet<Claims> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'expired' }
