import type { IssuerClient } from '../client.js'
import { MockIssuerError } from '../mock-issuer-error.js'
import { checkClientAuthentication } from './client-authentication/client-registration-check.js'
import { checkLogoutUris } from './logout/logout-settings.js'
import { isUsableRedirectUri } from './registration/redirect-uri-check.js'
import { checkClientTokens } from './tokens/token-settings.js'

/**
 * Checks the clients of the options, each by itself. That their ids differ is for the caller to check.
 * @throws {MockIssuerError} `invalid_option`, with the place of what cannot be used: `clients[0].redirectUris[1]`
 */
export function checkClients(clients: readonly IssuerClient[]): void {
  for (const [index, client] of clients.entries()) {
    const place = `clients[${index}]`
    checkIdentity(client, place)
    checkLogoutUris(client, place)
    checkClientAuthentication(client, place)
    checkClientTokens(client, place)
  }
}

// RFC 6749 appendix A.1 and A.2: client ids and secrets are printable ASCII.
const printable = /^[\x20-\x7e]{1,256}$/

function checkIdentity({ clientId, clientSecret, redirectUris = [] }: IssuerClient, place: string): void {
  if (!printable.test(clientId)) throw mustBe(`${place}.clientId`, `1 to 256 printable ASCII characters, not "${clientId}"`)
  if (clientSecret !== undefined && !printable.test(clientSecret))
    throw mustBe(`${place}.clientSecret`, `1 to 256 printable ASCII characters, or left out, for "${clientId}"`)
  for (const [index, uri] of redirectUris.entries()) {
    if (!isUsableRedirectUri(uri))
      throw mustBe(
        `${place}.redirectUris[${index}]`,
        `an absolute URI that a browser can be sent to, without a fragment, not "${uri}" (client "${clientId}")`,
      )
  }
}

function mustBe(option: string, expected: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
