import type { ContractBreach } from './contract-reading.js'
import type { DenialCode } from './decision.js'
import type { GuardDescription } from './guard-description.js'

/**
 * What a resource server reports to its hook: one event for each authentication and one for each authorisation. Events are
 * for operators. They hold no token, no claim value beyond the three that name the principal, and no query of the URL.
 */
export type ResourceServerEvent =
  | AuthenticatedEvent
  | AuthenticationFailedEvent
  | ContractBrokenEvent
  | AllowedEvent
  | DeniedEvent
  | UnavailableEvent

/** What all events say. */
export interface RequestEvent {
  /** In milliseconds since the epoch. */
  readonly time: number
  /** The audience of the contract: which API it was. */
  readonly audience: string
  readonly method: string
  /** The path without the query, which may hold secrets. At most 1,024 characters. */
  readonly path: string
}

/** Who it was: the members of the principal that name it. */
export interface EventPrincipal {
  readonly kind: 'user' | 'machine'
  readonly sub: string | undefined
  readonly clientId: string | undefined
  readonly issuer: string
}

/** A token was accepted. What it may do is another event. */
export interface AuthenticatedEvent extends RequestEvent {
  readonly kind: 'authenticated'
  readonly principal: EventPrincipal
}

/** No token, or a bad one. An absent token is reported only if one was required. */
export interface AuthenticationFailedEvent extends RequestEvent {
  readonly kind: 'authentication_failed'
  readonly code: 'credentials_missing' | 'invalid_request' | 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce'
  readonly reason: string
  /** The verifier's rejection. */
  readonly cause: unknown
  /**
   * The first 16 hexadecimal digits of the token's SHA-256, to tell tokens apart. `undefined` when no token was read, or the
   * platform cannot hash.
   */
  readonly tokenFingerprint: string | undefined
}

/** A genuine token that does not keep to the contract: its issuer is misconfigured. */
export interface ContractBrokenEvent extends RequestEvent {
  readonly kind: 'contract_broken'
  readonly code: 'contract_broken'
  readonly reason: string
  readonly breach: ContractBreach
  readonly sub: string | undefined
  readonly clientId: string | undefined
  readonly issuer: string
  readonly tokenFingerprint: string | undefined
}

/** A guard was satisfied. */
export interface AllowedEvent extends RequestEvent {
  readonly kind: 'allowed'
  readonly principal: EventPrincipal
  readonly guard: GuardDescription
}

/** A guard denied. `principal` is `undefined` for an anonymous request, and `code` is `credentials_missing` then. */
export interface DeniedEvent extends RequestEvent {
  readonly kind: 'denied'
  readonly code: DenialCode | 'credentials_missing'
  readonly reason: string
  readonly principal: EventPrincipal | undefined
  readonly guard: GuardDescription
}

/** Nobody could say. */
export interface UnavailableEvent extends RequestEvent {
  readonly kind: 'unavailable'
  readonly code: 'unavailable'
  readonly reason: string
  readonly cause: unknown
  /** The principal and the guard, if it was a guard that could not decide. */
  readonly principal: EventPrincipal | undefined
  readonly guard: GuardDescription | undefined
  readonly tokenFingerprint: string | undefined
}

/** The hook. What it returns is not awaited; what it throws or rejects with is dropped, and changes nothing. */
export type ResourceServerEventHook = (event: ResourceServerEvent) => unknown
