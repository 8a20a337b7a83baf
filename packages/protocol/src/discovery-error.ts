import { BailiwickError } from './error.js'

/**
 * - `metadata_unavailable`: the server could not be asked, or has no metadata at any of the places where they may be
 * - `metadata_invalid`: something came that is not server metadata, or lacks a required member
 * - `issuer_mismatch`: the metadata are those of another issuer than the configured one
 */
export type DiscoveryErrorCode = 'metadata_unavailable' | 'metadata_invalid' | 'issuer_mismatch'

/** Discovery did not lead to server metadata. None of its codes says anything about a token: it is an outage to the caller. */
export class DiscoveryError extends BailiwickError<DiscoveryErrorCode> {}
