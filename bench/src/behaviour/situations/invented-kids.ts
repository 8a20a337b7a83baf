import { timeToAcceptance } from '../acceptance.js'
import { paced } from '../paced.js'
import type { Situation } from '../situation.js'
import { describe } from '../wording.js'
import type { World } from '../world.js'

/** An API that is running: it has accepted a good token before. */
export const inventedKids: Situation = {
  rows: [
    'JWKS fetches caused by 200 tokens with invented kids in 2 s',
    '… a good token right after',
    '… then a key is rotated: a token signed with it is accepted',
  ],
  async observe(world) {
    const { issuer, get } = world
    const good = await issuer.token()
    await get('/orders', good)
    const fetches = await flood(world)
    const after = describe(await get('/orders', good))
    await issuer.rotateKey()
    return [fetches, after, await timeToAcceptance(world, await issuer.token())]
  },
}

/** An API that has just been started. */
export const inventedKidsCold: Situation = {
  rows: ['the same 200 tokens before the first good one: JWKS fetches', '… a good token right after'],
  async observe(world) {
    const fetches = await flood(world)
    return [fetches, describe(await world.get('/orders', await world.issuer.token()))]
  },
}

/** Returns the fetches that the flood causes, and how long it took if that was more than 2.5 s. */
async function flood({ issuer, get }: World): Promise<string> {
  const tokens = await Promise.all(Array.from({ length: 200 }, (_, n) => issuer.token({ header: { kid: `invented-${n}` } })))
  const before = issuer.jwksFetches()
  const started = performance.now()
  await paced(tokens.length, 10, (n) => get('/orders', tokens[n]))
  const seconds = (performance.now() - started) / 1000
  const fetches = String(issuer.jwksFetches() - before)
  return seconds < 2.5 ? fetches : `${fetches} in ${seconds.toFixed(1)} s`
}
