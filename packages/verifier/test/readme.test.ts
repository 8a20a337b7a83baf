import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AccessTokenError, type AccessTokenErrorCode } from '../src/access-token-error.js'
import { resolveLimits, resolvePolicy } from '../src/internal/remote-jwks-policy.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** What stands under a heading. */
function section(heading: string): string {
  return readme.split(`\n${heading}\n`)[1]?.split(/\n## /)[0] ?? ''
}

/** The rows of the table under a heading, as the texts of their cells. */
function rows(heading: string): string[][] {
  const lines = section(heading)
    .split('\n')
    .filter((line) => /^\| (?!-)/.test(line))
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
    const documented = rows('## Errors').map(([code]) => code)
    const checks = rows('## The checks, in order').flatMap(([, , codes = '']) => codes.split(', '))
    const [, otherVerifiers = ''] = section('## The checks, in order').split('Of other verifiers')
    expect(new Set(documented)).toEqual(
      new Set([...checks, ...(otherVerifiers.split('\n\n')[0]?.match(/(?<=`)[a-z]+(_[a-z]+)+(?=`)/g) ?? [])]),
    )
    expect(rows('## Errors')).toHaveLength(39)
  })
})
