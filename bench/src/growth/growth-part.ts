import type { Report } from '../report/report.js'
import type { Run } from '../run.js'

/** What one of the four questions of `growth` came to. */
export interface GrowthPart {
  notes: readonly string[]
  packages: readonly string[]
  tables: Report['tables']
  samples: unknown
}

export type MeasureGrowth = (run: Run) => Promise<GrowthPart>
