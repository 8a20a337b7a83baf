import { setTimeout as sleep } from 'node:timers/promises'
import { paced } from '../paced.js'
import type { Situation } from '../situation.js'
import { describeAll } from '../wording.js'

export const outageLater: Situation = {
  rows: ["issuer down after the cache's time: 100 good tokens in 1 s get", '… requests to the issuer that they cause'],
  cacheTtlMs: 1000,
  async observe({ issuer, get }) {
    const token = await issuer.token()
    await get('/orders', token)
    await sleep(1500)
    issuer.failWith(503)
    const before = issuer.requests()
    const answers = await paced(100, 10, () => get('/orders', token))
    return [describeAll(answers), String(issuer.requests() - before)]
  },
}
