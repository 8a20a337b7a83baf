/** A configuration that cannot be used: which file, and what is wrong where in it. */
export class ConfigError extends Error {
  readonly file: string
  /** One line each. */
  readonly findings: readonly string[]

  constructor(file: string, findings: readonly string[], options?: { cause?: unknown }) {
    super([`${file} cannot be used:`, ...findings.map((finding) => `  ${finding}`)].join('\n'), options)
    this.name = 'ConfigError'
    this.file = file
    this.findings = findings
  }
}
