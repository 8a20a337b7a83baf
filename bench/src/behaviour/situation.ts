import type { Feature } from '../apis/api.js'
import type { World } from './world.js'

/** Something that is done to every API in the same way, and what is observed. */
export interface Situation {
  /** The names of its rows in the table, in the order of what `observe` returns. */
  rows: readonly string[]
  /** The route that it needs. For an API without it, the table says "no such feature". */
  needs?: Feature
  /** How long keys are cached, for an API with an option for it. Default: that of the library. */
  cacheTtlMs?: number
  observe(world: World): Promise<readonly string[]>
}
