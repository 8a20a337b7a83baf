import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const tokenType: Situation = {
  rows: [
    'typ: at+jwt, the type of access tokens (should be accepted)',
    'typ: logout+jwt (should be refused)',
    'typ: dpop+jwt (should be refused)',
  ],
  async observe({ issuer, get }) {
    const typed = async (typ: string) => describe(await get('/orders', await issuer.token({ header: { typ } })))
    return [await typed('at+jwt'), await typed('logout+jwt'), await typed('dpop+jwt')]
  },
}
