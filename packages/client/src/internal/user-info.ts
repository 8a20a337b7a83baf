import type { Client } from '../client.js'
import type { Connection } from './connection.js'

export function createUserInfo<Claims>(_connection: Connection<Claims>): Pick<Client<Claims>, 'userInfo'> {
  return {
    userInfo: () => Promise.reject(new Error('not built yet')),
  }
}
