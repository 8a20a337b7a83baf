import { allApis } from '../apis/all-apis.js'
import type { Api } from '../apis/api.js'
import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import { allSituations } from './all-situations.js'
import type { Situation } from './situation.js'
import { createWorld } from './world.js'

/** Runs every API through every situation: the situations one after another, all APIs of a situation concurrently. */
export async function measureBehaviour({ progress }: Run): Promise<Report> {
  const rows: string[][] = []
  for (const situation of allSituations) {
    progress(situation.rows[0] ?? '')
    const columns = await Promise.all(allApis.map((api) => cellsOf(situation, api)))
    situation.rows.forEach((row, n) => rows.push([row, ...columns.map((cells) => cells[n] ?? '')]))
  }
  return {
    title: 'The same situations, each way of protecting an API',
    notes: allApis.map(describeApi),
    packages: allApis.flatMap(({ packages }) => packages),
    tables: [{ title: 'What each API did', table: { head: ['', ...allApis.map(({ name }) => name)], rows } }],
    samples: rows,
  }
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

function describeApi({ name, options, switches, withoutCacheTtl }: Api): string {
  const time = withoutCacheTtl === undefined ? '' : ` It has ${withoutCacheTtl} for keys, so its default was measured there.`
  return `${name}: \`${options}\`.${switches === undefined ? '' : ` Off by default: ${switches}.`}${time}`
}
