import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { AttackReport, AttackResult } from '../../attack-report.js'
import { sampleReport } from '../../../test/sample-attack-report.js'
import { forgeries } from '../../forgeries.js'
import type { ForgeryName } from '../../forgeries.js'
import { formatTable } from './format-table.js'

test('shows what was let in first, with the reason, then what was refused otherwise, then the rest', () => {
  expect(formatTable(sampleReport, { width: 80, isColoured: false, all: true })).toBe(`Attack on GET http://127.0.0.1:3000/orders
by http://127.0.0.1:9000, ES256, profile jwt; 8 forgeries in 1.2 s

  ✓ a good token is let in                       200                       12 ms
  ✓ without a token it is refused                401                        1 ms
  - a good token of another algorithm is let in  401 invalid_token          2 ms
  ✓ a good token is still let in afterwards      200                        3 ms

Let in: 3
  ✗ critical  algNone                   200                    RFC 9068 §4
              Unsigned: alg none: none, None
              The token says that it has no signature, and has none. An API that
              takes it believes whatever anybody writes.
  ✗ lenient   expiredBy                 204                    RFC 9068 §4
              Expired: second
              The time of the token is over. Some APIs allow for clocks that
              differ, by a minute or so; that is lenient, and no more.

Refused, but asked where the token pointed: 1
  ✗ critical  jku                       401 invalid_token      RFC 8725 §3.10
              Says where its keys are: jku: noKid
              The header points to the attacker's key set. An API that fetches
              it believes anybody, and can be made to call any address.

Faults: 1
  ✗ critical  encrypted                 no answer in time      RFC 7516 §9
              The five parts of an encrypted token: password
              Nobody but the holder of a private key could read it, and an API
              that has none must refuse it without working for it.

Refused, with another answer than the RFC has: 1
  ~ expiredBy                 1 way  403                    RFC 9068 §4

As it should be: 2
  ✓ algNone                   1 way  401 invalid_token      RFC 9068 §4
  ✓ lowerCaseScheme                  200                    RFC 9110 §11.1

Not sent: 1 (the good token has no scope that could be missing)

3 of 8 forgeries were let in (2 critical, 1 lenient), 1 lured the API, 1 ended
in a fault, 1 refused with another answer.
`)
})

test('sums up what let nobody in, unless all is asked for', () => {
  const short = formatTable(sampleReport, { width: 80, isColoured: false, all: false })
  expect(short.slice(short.indexOf('Let in: 3'))).toBe(`Let in: 3
  ✗ critical  algNone                   200                    RFC 9068 §4
              Unsigned: alg none: none, None
              The token says that it has no signature, and has none. An API that
              takes it believes whatever anybody writes.
  ✗ lenient   expiredBy                 204                    RFC 9068 §4
              Expired: second

Refused, but asked where the token pointed: 1
  ✗ critical  jku                       401 invalid_token      RFC 8725 §3.10
              Says where its keys are: jku: noKid
              The header points to the attacker's key set. An API that fetches
              it believes anybody, and can be made to call any address.

Faults: 1
  ✗ no answer in time: 1 token
    encrypted

Refused, with another answer than the RFC has: 1
  ~ 403, not 401 invalid_token: 1 token
    expiredBy

As it should be: 2

Not sent: 1 (the good token has no scope that could be missing)

--all shows every forgery, with the RFC and what is wrong with it.

3 of 8 forgeries were let in (2 critical, 1 lenient), 1 lured the API, 1 ended
in a fault, 1 refused with another answer.
`)
})

test('names as many of the summed up as a line has room for', () => {
  const [first] = sampleReport.results
  const names = Object.keys(forgeries) as ForgeryName[]
  const answer = { status: 401 }
  const results = names.map((forgery) => ({ ...first!, forgery, outcome: 'refused_otherwise' as const, answer }))
  const table = formatTable({ ...sampleReport, results }, { width: 80, isColoured: false, all: false })
  expect(table).toContain(`  ~ 401, not 401 invalid_token: 49 tokens
    algNone, foreignKey, tamperedPayload, tamperedSignature and 45 more
`)
})

describe('of variants that mean something else', () => {
  function explain(...names: readonly string[]): string {
    const results = forgeries.missingScope.variants
      .filter(({ name }) => names.includes(name))
      .map(({ name: variant, description, severity, expected }): AttackResult => {
        const { rfc, title } = forgeries.missingScope
        const what = { forgery: 'missingScope', variant, title, description, rfc, severity, expected } as const
        return { ...what, outcome: 'let_in', answer: { status: 200 }, durationMs: 1 }
      })
    const table = formatTable({ ...sampleReport, results }, { width: 140, isColoured: false, all: false })
    return /Without the scope[^]*?(?=\n\n)/.exec(table)?.[0].replaceAll(/\n */g, '\n') ?? ''
  }

  test('each is explained by itself', () => {
    expect(explain('startsAlike', 'contains')).toBe(`Without the scope: startsAlike, contains
startsAlike: The scope only begins like the one that is needed. An API that takes it compares beginnings, so that a lesser
scope opens more.
contains: The scope only has the needed one within its name. An API that takes it searches in the text instead of comparing
whole names.`)
  })

  test('a single one has no name before its text', () => {
    expect(explain('contains')).toMatch(/^Without the scope: contains\nThe scope only has the needed one within its name\./)
  })

  test('all are explained by the worst, if that is among them', () => {
    expect(explain('none', 'startsAlike', 'contains')).toBe(
      'Without the scope: none, startsAlike, contains\nA good token that does not allow this request. An API that takes it does not look at scopes.',
    )
  })
})

test('fits in the width of the terminal, from 80 characters on', () => {
  for (const width of [40, 80, 91, 92, 120, 500]) {
    for (const all of [true, false]) {
      const lines = formatTable(sampleReport, { width, isColoured: false, all }).split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(Math.max(width, 80), 140))
    }
  }
})

test('is coloured when that is asked for, and says the same', () => {
  const coloured = formatTable(sampleReport, { width: 100, isColoured: true, all: true })
  expect(stripVTControlCharacters(coloured)).toBe(formatTable(sampleReport, { width: 100, isColoured: false, all: true }))
  expect(coloured).toContain('\u001b[31m✗ critical \u001b[39m algNone')
})

test('says of an open route, and of an API that is gone, that nothing can be said', () => {
  const withControls = (controls: AttackReport['controls']) =>
    formatTable({ ...sampleReport, controls }, { width: 100, isColoured: false, all: true })
  expect(withControls([{ name: 'no token', passed: false, answer: { status: 200 }, durationMs: 1 }])).toContain(
    'The route is open: it lets requests without a token in, so it says nothing about tokens.',
  )
  expect(withControls([{ name: 'good token afterwards', passed: false, answer: { status: 503 }, durationMs: 1 }])).toContain(
    'Afterwards the API no longer let a good token in.',
  )
})
