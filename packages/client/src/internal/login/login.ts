import type { Client } from '../../client.js'
import type { Connection } from '../connection.js'
import { createSigningKey } from '../signing-key.js'
import { completeLogin } from './complete-login.js'
import { startLogin } from './start-login.js'

/** The code flow (RFC 6749 §4.1) with PKCE. */
export function createLogin<Claims>(connection: Connection<Claims>): Pick<Client<Claims>, 'startLogin' | 'completeLogin'> {
  const { requestObject } = connection.settings
  const requestObjectKey = requestObject && createSigningKey('requestObject.privateKey', requestObject)
  return {
    startLogin: async (options = {}) => startLogin(connection, requestObjectKey, options),
    completeLogin: async (input) => completeLogin(connection, input),
  }
}
