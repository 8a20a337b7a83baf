import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

const thumbprint = 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2'

export const boundToken: Situation = {
  rows: [
    'token bound to a certificate (cnf.x5t#S256), sent as a plain bearer (should be refused)',
    'token bound to a DPoP key (cnf.jkt), sent as a plain bearer (should be refused)',
  ],
  async observe({ issuer, get }) {
    const bound = async (cnf: object) => describe(await get('/orders', await issuer.token({ claims: { cnf } })))
    return [await bound({ 'x5t#S256': thumbprint }), await bound({ jkt: thumbprint })]
  },
}
