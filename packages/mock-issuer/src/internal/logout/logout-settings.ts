import type { IssuerClient } from '../../client.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { isUsableRedirectUri } from '../registration/redirect-uri-check.js'

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
    throw mustBe('backchannelLogoutTimeoutMs', `a positive whole number of milliseconds, not ${String(backchannelLogoutTimeoutMs)}`)
  }
  const { fetch } = options
  // The global one is looked up when it is used, since tests replace it.
  return { requestBackchannel: fetch ?? ((input, init) => globalThis.fetch(input, init)), backchannelLogoutTimeoutMs }
}

/**
 * Checks the logout URIs of a client. A page that is framed or posted to has to be a web page; where a user is sent may be a native
 * application too.
 *
 * @param place where in the options the client stands
 * @throws {MockIssuerError} `invalid_option`
 */
export function checkLogoutUris(client: IssuerClient, place: string): void {
  const { postLogoutRedirectUris = [], frontchannelLogoutUri, backchannelLogoutUri } = client
  for (const [index, uri] of postLogoutRedirectUris.entries()) {
    if (!isUsableRedirectUri(uri))
      throw mustBe(
        `${place}.postLogoutRedirectUris[${index}]`,
        `an absolute URI that a browser can be sent to, without a fragment, not "${uri}"`,
      )
  }
  for (const [name, uri] of Object.entries({ frontchannelLogoutUri, backchannelLogoutUri })) {
    const isUsable = uri === undefined || (isUsableRedirectUri(uri) && /^https?:/i.test(uri))
    if (!isUsable) throw mustBe(`${place}.${name}`, `an http or https URL without a fragment, not "${uri}"`)
  }
}

function mustBe(option: string, expected: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
