import { MockIssuerError } from '../mock-issuer-error.js'

/** The name of an issuer that was given none and does not listen. It has a path, as real ones do. */
const defaultIssuerName = 'http://localhost/mock-issuer'

/**
 * The issuer's name. Given as an option it never changes. Otherwise it is the default until the issuer listens and the
 * URL of the socket from then on; but once it was read it stays, since a name that changes after a token or a verifier
 * was made with it is an error that takes long to find.
 */
export interface IssuerName {
  /** Reads the name, which fixes it. */
  read(): string
  /**
   * Names the issuer after its socket, unless the name was given as an option.
   * @throws {MockIssuerError} `issuer_name_in_use` when another name was read before
   */
  adopt(url: string): void
}

export function createIssuerName(configured: string | undefined): IssuerName {
  let fixed = configured
  return {
    read: () => (fixed ??= defaultIssuerName),
    adopt(url) {
      if (configured !== undefined || fixed === url) return
      if (fixed !== undefined) {
        throw new MockIssuerError(
          'issuer_name_in_use',
          `listen() would rename this issuer from ${fixed} to ${url}, but the first name was already read or issued. ` +
            'Call listen() before anything else, or choose the name with the `issuer` option.',
        )
      }
      fixed = url
    },
  }
}

/** The path of an issuer without its last slash: what stands before the path of each endpoint. */
export function issuerPath(issuer: string): string {
  return new URL(issuer).pathname.replace(/\/$/, '')
}

/** The URL of one of the issuer's endpoints, given its path inside the issuer. */
export function endpointUrl(issuer: string, path: string): string {
  return new URL(issuer).origin + issuerPath(issuer) + path
}
