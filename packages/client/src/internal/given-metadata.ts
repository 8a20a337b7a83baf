import { ConfigurationError, parseServerMetadata, type ServerMetadata } from '@bailiwick/protocol'

/**
 * Holds metadata that were given to what is demanded of metadata that were discovered; what is broken is told rather than left out.
 *
 * @param option what they were given as
 * @throws {ConfigurationError}
 */
export function readGivenMetadata(option: string, given: ServerMetadata, issuer: string): ServerMetadata {
  const parsed = parseServerMetadata(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  if (parsed?.metadata.issuer !== issuer) {
    throw new ConfigurationError(`${option}.issuer is another than issuer: they must be equal character by character.`)
  }
  const [broken] = parsed.broken
  if (broken === undefined) return parsed.metadata
  throw new ConfigurationError(
    `${option}.${broken} cannot be used: endpoints are https URLs without fragment (http where the issuer is http).`,
  )
}
