import type { ClientAuthentication } from '../client-authentication.js'
import { ClientError } from '../client-error.js'
import type { ClientSettings } from './client-settings.js'

/**
 * Says of a client that the server refuses (`invalid_client`) which one it was, where, and what to look at: servers say no more, so that nobody can find
 * out which clients there are. Any other failure stays what it is.
 *
 * @param endpoint the URL that was asked; its path is told, and no query
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
export function explainRefusedClient(
  error: ClientError,
  { clientId, authentication }: Pick<ClientSettings<unknown>, 'clientId' | 'authentication'>,
  endpoint: string,
): ClientError {
  const { code, message, oauthError } = error
  if (code !== 'request_refused' || oauthError?.error !== 'invalid_client') return error
  const { method } = authentication
  const compared = ['clientId', ...partsOf(authentication)].join(', ')
  const where = `the client "${clientId}" at ${new URL(endpoint).pathname}, by ${method}`
  return new ClientError(
    'request_refused',
    `${message} This was ${where}: compare ${compared} and authentication.method with what the server has registered.`,
    { oauthError },
  )
}

function partsOf({ method }: ClientAuthentication): readonly string[] {
  if (method.startsWith('client_secret')) return ['authentication.clientSecret']
  if (method === 'private_key_jwt') return ['authentication.privateKey']
  return method === 'none' ? [] : ['the certificate that fetch presents']
}
