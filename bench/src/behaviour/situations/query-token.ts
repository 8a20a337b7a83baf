import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const queryToken: Situation = {
  rows: ['token in the query string, nothing switched on (should be refused)'],
  async observe({ issuer, get }) {
    return [describe(await get(`/orders?access_token=${await issuer.token()}`))]
  },
}
