import type { Client } from '../client.js'
import type { Connection } from './connection.js'

export function createDeviceGrant<Claims>(_connection: Connection<Claims>): Pick<Client<Claims>, 'startDeviceLogin'> {
  return {
    startDeviceLogin: () => Promise.reject(new Error('not built yet')),
  }
}
