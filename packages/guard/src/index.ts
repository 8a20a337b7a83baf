export { createAdmission } from './admission.js'
export type { Admission, AdmissionOutcome, Admitted } from './admission.js'
export { acr, maxAuthenticationAge } from './authentication-guard.js'
export type { MaxAuthenticationAgeOptions } from './authentication-guard.js'
export { check } from './check-guard.js'
export type { CheckFunction } from './check-guard.js'
export { claim } from './claim-guard.js'
export type { ClaimGuards } from './claim-guard.js'
export type { ClaimAt, ClaimPathOf, ComparableWith, ElementOf, ProvenAt } from './claim-proof.js'
export { allOf, anyOf, not } from './combinators.js'
export { defineContract } from './contract.js'
export type { ClaimsOf, Contract, TokenContract } from './contract.js'
export type { ClaimLocation, ClaimLocations, ContractDefinition, ScopeDefinition } from './contract-definition.js'
export type { BrokenReading, ContractBreach, ContractReading, PrincipalReading } from './contract-reading.js'
export type { Allowed, Decision, Denied, DenialCode, StepUp, Undecided } from './decision.js'
export type {
  AllowedEvent,
  AuthenticatedEvent,
  AuthenticationFailedEvent,
  ContractBrokenEvent,
  DeniedEvent,
  EventPrincipal,
  RequestEvent,
  ResourceServerEvent,
  ResourceServerEventHook,
  UnavailableEvent,
} from './events.js'
export type { Guard, GuardContext, Narrowed, NarrowedClaims, NeededByAll, ProvenBy, ProvenByAll, ProvenByAny } from './guard.js'
export type { ClaimComparison, ClaimValue, GuardDescription } from './guard-description.js'
export type { Immutable } from './immutable.js'
export type {
  Anonymous,
  Authenticated,
  AuthenticatedHeaders,
  AuthenticationOutcome,
  AuthorizationOutcome,
  AuthorizedPrincipal,
} from './outcome.js'
export { createPrincipalSlot } from './principal-slot.js'
export type { PrincipalSlot } from './principal-slot.js'
export type { Principal, UncheckedClaims } from './principal.js'
export { REFUSALS } from './refusal.js'
export type { RefusalBody, RefusalCode, RefusalForm, RefusalHeaders, RefusalStatus, Refused } from './refusal.js'
export { resourceMetadataUrl } from './resource-metadata.js'
export type { ProtectedResourceMetadata } from './resource-metadata.js'
export { createResourceServer } from './resource-server.js'
export type { ResourceServer } from './resource-server.js'
export type { AuthenticateOptions, ResourceServerOptions, StartTimer } from './resource-server-options.js'
export { permission, role } from './role-guard.js'
export { anyScope, scope } from './scope-guard.js'
export type { PrefixScopeGuard, ScopeGuardFor } from './scope-guard.js'
export type { ProvenByScope, ProvenByScopes, RequirementsOf, ScopeName, ScopeNames, ScopeRequirements } from './scope-proof.js'
export { subject } from './subject-guard.js'
export type { SubjectGuards } from './subject-guard.js'
