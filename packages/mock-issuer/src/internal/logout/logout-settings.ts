import type { IssuerClient } from '../../client.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

/** How the issuer reaches the clients of a session that ends. */
export interface LogoutSettings {
  readonly requestBackchannel: (input: string, init?: RequestInit) => Promise<Response>
  readonly backchannelLogoutTimeoutMs: number
}

/**
 * Reads the options about logout.
 * @throws {MockIssuerError} `invalid_option`, with the option and the fix
 */
export function readLogoutSettings(options: MockIssuerOptions): LogoutSettings {
  const { backchannelLogoutTimeoutMs = 5_000 } = options
  const usable = Number.isInteger(backchannelLogoutTimeoutMs) && backchannelLogoutTimeoutMs > 0 && backchannelLogoutTimeoutMs <= 2 ** 31 - 1
  if (!usable) {
    const expected = `a positive whole number of milliseconds, not ${String(backchannelLogoutTimeoutMs)}`
    throw new MockIssuerError('invalid_option', `The option "backchannelLogoutTimeoutMs" must be ${expected}.`)
  }
  const { fetch } = options
  // The global one is looked up when it is used, since tests replace it.
  return { requestBackchannel: fetch ?? ((input, init) => globalThis.fetch(input, init)), backchannelLogoutTimeoutMs }
}

/**
 * Says what is wrong with the logout URIs of a client; `undefined` if they can be used. A page that is framed or posted to has to be a
 * web page; where a user is sent may be a native application too.
 */
export function findLogoutUriProblem(client: IssuerClient): string | undefined {
  const { postLogoutRedirectUris = [], frontchannelLogoutUri, backchannelLogoutUri } = client
  for (const uri of postLogoutRedirectUris) {
    if (!isAbsolute(uri) || /^(javascript|data|vbscript):/i.test(uri))
      return `absolute postLogoutRedirectUris without a fragment; "${uri}" is not`
  }
  for (const [name, uri] of Object.entries({ frontchannelLogoutUri, backchannelLogoutUri })) {
    if (uri !== undefined && !(isAbsolute(uri) && /^https?:/i.test(uri)))
      return `an http or https ${name} without a fragment; "${uri}" is not`
  }
  return undefined
}

// Printable ASCII without the fragment sign: it goes into a Location header as it is.
function isAbsolute(uri: string): boolean {
  return URL.canParse(uri) && /^[\x21\x22\x24-\x7e]+$/.test(uri)
}
