import { ClientError } from '../client-error.js'

/** For a session that cannot be gone on with. */
export function noRefreshToken(): ClientError {
  return new ClientError(
    'session_ended',
    'There is no refresh token (many servers give one only for the scope offline_access): the user has to log in again.',
  )
}
