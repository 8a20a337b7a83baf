import type { Table } from './table.js'

/** What a program measured. */
export interface Report {
  title: string
  /** How it was measured, a line each. */
  notes: readonly string[]
  /** The packages that took part, for their versions. */
  packages: readonly string[]
  tables: readonly { title: string; table: Table }[]
  /** The figures behind the tables, for the JSON. */
  samples: unknown
}
