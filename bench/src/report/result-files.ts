import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { installedVersion } from './installed-version.js'
import { describeMachine } from './machine.js'
import type { Report } from './report.js'
import { formatTable } from './table.js'

const bench = new URL('../../', import.meta.url)

/** A report, and how busy the machine was when its program started. */
interface ReportUnderLoad extends Report {
  load: string
}

/** A report, and what is needed to compare it with another. */
interface Measured extends ReportUnderLoad {
  measuredAt: string
  machine: string
  versions: Record<string, string>
}

/** Writes `results/<program>.json`, and rewrites `results.md` from the latest results of every program. */
export function writeResults(program: string, report: ReportUnderLoad, programs: readonly string[]): void {
  const names = [...new Set(report.packages)].sort()
  const measured: Measured = {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    versions: Object.fromEntries(names.map((name) => [name, installedVersion(name)])),
    ...report,
  }
  mkdirSync(new URL('results/', bench), { recursive: true })
  writeFileSync(jsonFile(program), `${JSON.stringify(measured, null, 2)}\n`)
  const sections = programs.filter((name) => existsSync(jsonFile(name))).map((name) => section(name))
  writeFileSync(new URL('results.md', bench), `${[introduction, ...sections].join('\n\n')}\n`)
}

const introduction = `# Results

Written by \`npm run bench\`; [README.md](README.md) says how to read it. A figure holds for the machine and the versions that stand above it.`

function section(program: string): string {
  const { title, notes, tables, measuredAt, machine, load, versions } = JSON.parse(readFileSync(jsonFile(program), 'utf8')) as Measured
  const installed = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `## ${program}: ${title}`,
    `Measured on ${measuredAt.slice(0, 10)} on ${machine}, ${load}, with ${installed.join(', ')}.`,
    notes.map((note) => `- ${note}`).join('\n'),
    ...tables.map(({ title: heading, table }) => `### ${heading}\n\n${formatTable(table)}`),
  ].join('\n\n')
}

function jsonFile(program: string): URL {
  return new URL(`results/${program}.json`, bench)
}
