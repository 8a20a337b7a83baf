import type { Client } from '../client.js'
import type { Connection } from './connection.js'

export function createRevocation<Claims>(_connection: Connection<Claims>): Pick<Client<Claims>, 'revoke'> {
  return {
    revoke: () => Promise.reject(new Error('not built yet')),
  }
}
