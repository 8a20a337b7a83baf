import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AccessTokenError, type AccessTokenErrorCode } from '../src/access-token-error.js'
import { resolveLimits, resolvePolicy } from '../src/internal/remote-jwks-policy.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The rows of the table under a heading, as the texts of their cells. */
function rows(heading: string): string[][] {
  const section = readme.split(`\n${heading}\n`)[1]?.split(/\n## /)[0] ?? ''
  const lines = section.split('\n').filter((line) => /^\| (?!-)/.test(line))
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

describe('the README', () => {
  it('has the numbers of the cache as they are', () => {
    const { minIntervalMs, abandonAfterMs: _, ...policy } = resolvePolicy({})
    const defaults = { ...policy, cooldownMs: minIntervalMs, ...resolveLimits({}) }
    const documented = rows('## Keys').map(([option = '', value = '']) => [option, Number(value.replaceAll(',', ''))])
    expect(Object.fromEntries(documented)).toEqual(defaults)
  })

  it('lists every code with its outcome', () => {
    for (const [code, outcome] of rows('## Errors')) {
      expect(new AccessTokenError(code as AccessTokenErrorCode).outcome).toBe(outcome)
    }
    const checks = rows('## The checks, in order').flatMap(([, , codes = '']) => codes.split(', '))
    expect(new Set(rows('## Errors').map(([code]) => code))).toEqual(new Set(checks))
    expect(rows('## Errors')).toHaveLength(21)
  })
})
