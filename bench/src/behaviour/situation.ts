import type { Feature } from '../apis/api.js'
import type { World } from './world.js'

/** Something that happens to every API in the same way, and what is seen of it. */
export interface Situation {
  /** One row of the table each, in the order of what `observe` returns. */
  rows: readonly string[]
  /** An API without this route gets "no such feature". */
  needs?: Feature
  /** How long keys are to be kept, for an API that has an option for it. Default: its default. */
  cacheTtlMs?: number
  observe(world: World): Promise<readonly string[]>
}
