import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from './world.js'

const boundMs = 35_000
const everyMs = 250

/** Presents a token until it is accepted, and returns in words how long that took. Gives up after 35 s. */
export async function timeToAcceptance({ get }: World, token: string): Promise<string> {
  const started = performance.now()
  for (let attempt = 0; performance.now() - started < boundMs; attempt++) {
    const { status } = await get('/orders', token)
    const seconds = (performance.now() - started) / 1000
    if (status === 200) return attempt === 0 ? 'at once' : `after ${seconds.toFixed(1)} s`
    await sleep(everyMs)
  }
  return `not within ${boundMs / 1000} s`
}
