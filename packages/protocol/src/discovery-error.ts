import { BailiwickError } from './error.js'

/**
 * - `metadata_unavailable`: the server could not be reached, or has no metadata at any of the well-known URLs
 * - `metadata_invalid`: the document is not server metadata, or lacks a required member
 * - `issuer_mismatch`: the document names another issuer than the configured one
 */
export type DiscoveryErrorCode = 'metadata_unavailable' | 'metadata_invalid' | 'issuer_mismatch'

/** Discovery failed. None of its codes says anything about a token: treat it as an outage. */
export class DiscoveryError extends BailiwickError<DiscoveryErrorCode> {}
