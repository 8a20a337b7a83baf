import { setTimeout as sleep } from 'node:timers/promises'
import { timeToAcceptance } from '../acceptance.js'
import type { Situation } from '../situation.js'

export const rotatedKey: Situation = {
  rows: ['key rotated 2 s after the last JWKS fetch: a token signed with the new one is accepted'],
  async observe(world) {
    const { issuer, get } = world
    await get('/orders', await issuer.token())
    await sleep(2000)
    await issuer.rotateKey()
    return [await timeToAcceptance(world, await issuer.token())]
  },
}
