import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const wrongClaim: Situation = {
  rows: ["token of someone else's account: a claim that the route compares differs"],
  needs: '/claimed',
  async observe({ issuer, get }) {
    return [describe(await get('/claimed', await issuer.token({ claims: { account_nr: '43' } })))]
  },
}
