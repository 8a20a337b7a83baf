import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const optionalAuthentication: Situation = {
  rows: ['expired token where authentication is optional (should be refused)'],
  needs: '/optional',
  async observe({ issuer, get }) {
    const answer = await get('/optional', await issuer.token({ claims: { exp: Math.floor(Date.now() / 1000) - 600 } }))
    return [answer.status === 200 && answer.visible.includes('"sub":null') ? '200, as anonymous' : describe(answer)]
  },
}
