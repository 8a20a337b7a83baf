import { printable } from '../invisible-characters.js'

/** A configuration that cannot be used: which file, and what is wrong where in it. Its message can be printed, whatever the file has in it. */
export class ConfigError extends Error {
  readonly file: string
  /** One line each. */
  readonly findings: readonly string[]

  constructor(file: string, findings: readonly string[], options?: { cause?: unknown }) {
    const lines = [`${file} cannot be used:`, ...findings.map((finding) => `  ${finding}`)].join('\n').split('\n')
    super(lines.map(printable).join('\n'), options)
    this.name = 'ConfigError'
    this.file = file
    this.findings = findings
  }
}
