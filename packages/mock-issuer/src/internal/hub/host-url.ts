import { MockIssuerError } from '../../mock-issuer-error.js'

/** The URL of a host whose issuers are used without a socket. */
const defaultHostUrl = 'http://localhost'

/**
 * The base of the names of a host's issuers: the URL of its socket, or the default when a name was read before it listens. A name
 * that was read stays, as with a single issuer.
 */
export interface HostUrl {
  /** Reads the URL, which fixes it. */
  read(): string
  /**
   * Takes the URL of the socket.
   * @throws {MockIssuerError} `issuer_name_in_use` when another URL was read before
   */
  adopt(url: string): void
}

export function createHostUrl(): HostUrl {
  let fixed: string | undefined
  return {
    read: () => (fixed ??= defaultHostUrl),
    adopt(url) {
      if (fixed !== undefined && fixed !== url) {
        throw new MockIssuerError(
          'issuer_name_in_use',
          `listen() would rename the issuers of this host from ${fixed} to ${url}, but their names were already read or issued. Call listen() before anything else.`,
        )
      }
      fixed = url
    },
  }
}
