import { expect, test } from 'vitest'
import { jsonResponse } from '../http/json-response.js'
import { explainRefusal } from '../http/refusal.js'
import { withRequestLines } from './request-lines.js'

async function linesOf(answer: () => Promise<Response>, url = 'http://127.0.0.1/token?code=secret'): Promise<string> {
  let written = ''
  const handle = withRequestLines({ handle: answer, isColoured: false, write: (line) => (written += line), now: () => 1_000 })
  await handle(new Request(url, { method: 'POST' })).catch(() => {})
  return written
}

test('writes one line for a request that was answered, without its query', async () => {
  expect(await linesOf(async () => jsonResponse({}))).toBe('00:00:01.000  200  POST /token  0 ms\n')
})

test('writes why a request was refused, and what would mend it', async () => {
  const refused = jsonResponse({ error: 'invalid_scope', error_description: 'There is no scope.' }, { status: 400 })
  explainRefusal(refused, { error: 'invalid_scope', description: 'There is no scope.', advice: 'Ask for another.' })

  expect(await linesOf(async () => refused)).toBe(
    '00:00:01.000  400  POST /token  0 ms\n                   invalid_scope: There is no scope.\n                   Ask for another.\n',
  )
})

test('writes the code alone where nothing else was told', async () => {
  expect(await linesOf(async () => jsonResponse({ error: 'not_found' }, { status: 404 }))).toContain('0 ms\n                   not_found\n')
})

test('keeps control characters and long texts from the terminal', async () => {
  const refused = explainRefusal(jsonResponse({}), { error: 'x\u001b[31m', description: 'd\n', advice: 'y'.repeat(2_000) })
  const written = await linesOf(async () => refused)

  expect(written).toContain('x?[31m: d?\n')
  expect(written).toContain(`${'y'.repeat(499)}…\n`)
})

test('says of a request that was not answered that it was cut off', async () => {
  expect(await linesOf(() => Promise.reject(new Error('reset')))).toBe('00:00:01.000  ---  POST /token  0 ms, cut off\n')
})
