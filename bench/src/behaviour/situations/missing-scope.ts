import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const missingScope: Situation = {
  rows: ['token without the scope that the route needs', '… the challenge names the scope'],
  needs: '/scoped',
  async observe({ issuer, get }) {
    const answer = await get('/scoped', await issuer.token({ claims: { scope: 'orders_write' } }))
    return [describe(answer), /\bscope="?orders_read"?/.test(answer.challenge) ? 'yes' : 'no']
  },
}
