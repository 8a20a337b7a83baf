import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { formatTable } from '../src/table.js'

describe('the quickstart', () => {
  it('prints a row for each kind of request, each as it should be, and ends', async () => {
    const { code, output } = await runQuickstart()
    expect(output).toContain('8 of 8 answers are as they should be.')
    expect(statuses(output)).toEqual({
      'good token': '200',
      'no token': '401',
      expired: '401',
      'wrong audience': '401',
      tampered: '401',
      'missing scope': '403',
      "someone else's account": '403',
      'scope without its claim': '403',
    })
    expect(output).not.toMatch(/eyJ[\w-]+\./)
    expect(code).toBe(0)
  })
})

describe('the table', () => {
  const row = { title: 'good token', status: 200, challenge: '', reason: '', asExpected: true }

  it('marks what is not as it should be', () => {
    const table = formatTable([row, { ...row, title: 'expired', asExpected: false }], { width: 80, colours: false })
    expect(table).toContain('✓  good token  200')
    expect(table).toContain('✗  expired     200')
  })

  it('wraps long cells instead of running over', () => {
    const long = { ...row, challenge: 'Bearer realm="orders-api", error="invalid_token"', reason: 'x'.repeat(100) }
    const lines = formatTable([long], { width: 80, colours: false }).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(85)
    expect(lines.length).toBeGreaterThan(3)
  })
})

/** From the sources, so that it needs no build. */
async function runQuickstart(): Promise<{ code: number; output: string }> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@bailiwick/source', '--import', 'tsx', main, '--once'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

function statuses(output: string): Record<string, string | undefined> {
  const rows = [...output.matchAll(/^[✓✗]  (.+?)\s{2,}(\d{3})/gmu)]
  return Object.fromEntries(rows.map(([, title, status]) => [title, status]))
}
