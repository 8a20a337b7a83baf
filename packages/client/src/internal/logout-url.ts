import type { Client } from '../client.js'
import type { Connection } from './connection.js'

export function createLogoutUrl<Claims>(_connection: Connection<Claims>): Pick<Client<Claims>, 'logoutUrl'> {
  return {
    logoutUrl: () => Promise.reject(new Error('not built yet')),
  }
}
