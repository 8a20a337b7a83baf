import type { Report } from '../report/report.js'
import type { Run } from '../run.js'

/** The results of one of the four measurements of `growth`. */
export interface GrowthPart {
  notes: readonly string[]
  packages: readonly string[]
  tables: Report['tables']
  samples: unknown
}

export type MeasureGrowth = (run: Run) => Promise<GrowthPart>
