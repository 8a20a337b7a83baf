import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { AttackReport } from '../../attack-report.js'
import { sampleReport } from '../../../test/sample-attack-report.js'
import { formatTable } from './format-table.js'

test('shows what was let in first, with the reason, then what was refused otherwise, then the rest', () => {
  expect(formatTable(sampleReport, { width: 80, isColoured: false })).toBe(`Attack on GET http://127.0.0.1:3000/orders
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

test('fits in the width of the terminal, from 80 characters on', () => {
  for (const width of [40, 80, 91, 92, 120, 500]) {
    const longest = Math.max(
      ...formatTable(sampleReport, { width, isColoured: false })
        .split('\n')
        .map((line) => line.length),
    )
    expect(longest).toBeLessThanOrEqual(Math.min(Math.max(width, 80), 140))
  }
})

test('is coloured when that is asked for, and says the same', () => {
  const coloured = formatTable(sampleReport, { width: 100, isColoured: true })
  expect(stripVTControlCharacters(coloured)).toBe(formatTable(sampleReport, { width: 100, isColoured: false }))
  expect(coloured).toContain('\u001b[31m✗ critical \u001b[39m algNone')
})

test('says of an open route, and of an API that is gone, that nothing can be said', () => {
  const withControls = (controls: AttackReport['controls']) => formatTable({ ...sampleReport, controls }, { width: 100, isColoured: false })
  expect(withControls([{ name: 'no token', passed: false, answer: { status: 200 }, durationMs: 1 }])).toContain(
    'The route is open: it lets requests without a token in, so it says nothing about tokens.',
  )
  expect(withControls([{ name: 'good token afterwards', passed: false, answer: { status: 503 }, durationMs: 1 }])).toContain(
    'Afterwards the API no longer let a good token in.',
  )
})
