import { allApis } from '../apis/all-apis.js'
import type { Api } from '../apis/api.js'
import type { Table } from '../report/table.js'
import { allSituations } from './all-situations.js'
import type { Situation } from './situation.js'
import { createWorld } from './world.js'

/** Puts every API into every situation: the situations one after another, the APIs of one at the same time. */
export async function measureBehaviour(progress: (line: string) => void): Promise<Table> {
  const rows: string[][] = []
  for (const situation of allSituations) {
    progress(situation.rows[0] ?? '')
    const columns = await Promise.all(allApis.map((api) => cellsOf(situation, api)))
    situation.rows.forEach((row, n) => rows.push([row, ...columns.map((cells) => cells[n] ?? '')]))
  }
  return { head: ['', ...allApis.map(({ name }) => name)], rows }
}

async function cellsOf({ rows, needs, cacheTtlMs, observe }: Situation, api: Api): Promise<readonly string[]> {
  if (needs !== undefined && api.lacks.includes(needs)) return rows.map(() => 'no such feature')
  const world = await createWorld(api, cacheTtlMs === undefined || api.withoutCacheTtl ? {} : { cacheTtlMs })
  try {
    return await observe(world)
  } finally {
    await world.close()
  }
}
