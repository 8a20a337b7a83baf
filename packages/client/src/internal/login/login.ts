import type { Client } from '../../client.js'
import type { Connection } from '../connection.js'

export function createLogin<Claims>(_connection: Connection<Claims>): Pick<Client<Claims>, 'startLogin' | 'completeLogin'> {
  return {
    startLogin: () => Promise.reject(new Error('not built yet')),
    completeLogin: () => Promise.reject(new Error('not built yet')),
  }
}
