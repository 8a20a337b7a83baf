import { setTimeout as sleep } from 'node:timers/promises'
import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const withdrawnKey: Situation = {
  rows: ["token of a key that was withdrawn, after the cache's time (should be refused)"],
  cacheTtlMs: 1000,
  async observe({ issuer, get }) {
    const token = await issuer.token()
    await get('/orders', token)
    await issuer.rotateKey({ withdrawOld: true })
    await sleep(1500)
    return [describe(await get('/orders', token))]
  },
}
