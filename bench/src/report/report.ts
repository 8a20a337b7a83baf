import type { Table } from './table.js'

/** The results of a program. */
export interface Report {
  title: string
  /** How it was measured, one line each. */
  notes: readonly string[]
  /** The packages that took part; their versions are reported. */
  packages: readonly string[]
  tables: readonly { title: string; table: Table }[]
  /** The raw figures behind the tables, for the JSON file. */
  samples: unknown
}
