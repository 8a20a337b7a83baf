import { expect, test } from 'vitest'
import { ConfigError } from './config-error.js'
import { readConfig } from './read-config.js'

test('prints nothing of a configuration that would move the cursor or turn text around, and keeps its lines', () => {
  const read = readConfig({ '\u001b[2Jport': 1, '\u202Ehost': 1, lax: ['\u009b31m'] }, 'json')
  const { message } = new ConfigError('issuer\u001b.json', 'findings' in read ? read.findings : [])

  expect(message).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u)
  expect(message).toContain('there is no member "?[2Jport"')
  expect(message.split('\n')).toHaveLength(3)
  expect(new ConfigError('issuer.json', ['line 1\n  | x\u001b\n    ^']).message).toBe(
    'issuer.json cannot be used:\n  line 1\n  | x?\n    ^',
  )
})
