import { once } from 'node:events'
import type { AlgorithmFigures, AlgorithmTask } from './algorithm-figures.js'
import { measureCached } from './measure-cached.js'
import { measureUncached } from './measure-uncached.js'
import { signTokens } from './signed-tokens.js'

const [{ alg, count, room, rounds }] = (await once(process, 'message')) as [AlgorithmTask]
process.once('disconnect', () => process.exit())

const signed = await signTokens(alg, count)
const uncached = await measureUncached(signed, rounds)
const cachedOne = await measureCached({ ...signed, tokens: signed.tokens.slice(0, 1) }, room, rounds)
const cachedMany = await measureCached(signed, room, rounds)
process.send?.({ uncached, cachedOne, cachedMany } satisfies AlgorithmFigures)
