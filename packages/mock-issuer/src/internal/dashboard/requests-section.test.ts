import { expect, test } from 'vitest'
import type { LoggedRequest } from '../../request-log.js'
import { requestsSection } from './requests-section.js'

async function show(changes: Partial<LoggedRequest>): Promise<string> {
  const logged: LoggedRequest = { timeMs: 0, method: 'POST', path: '/token', endpoint: 'token', status: undefined, ...changes }
  return (await requestsSection([logged])).toString().replaceAll(/\s+/g, ' ')
}

test('shows why a request was refused, and what would mend it', async () => {
  const html = await show({
    status: 400,
    refusal: { error: 'invalid_scope', description: "There is no scope '<x>'.", advice: 'Ask for "another".' },
  })

  expect(html).toContain('<span class="refusal"><code>invalid_scope</code> There is no scope &#39;&lt;x&gt;&#39;.</span>')
  expect(html).toContain('<span class="quiet refusal">Ask for &quot;another&quot;.</span>')
})

test('shows the code alone where nothing else was told', async () => {
  const html = await show({ status: 404, refusal: { error: 'not_found', description: undefined, advice: undefined } })

  expect(html).toContain('<code>not_found</code>')
  expect(html).not.toContain('quiet refusal')
})

test('shows that a request is not answered yet, and that one was cut off', async () => {
  expect(await show({})).toContain('<span class="pill ">…</span>')
  expect(await show({ cutOff: true, fault: 'hang' })).toContain('<span class="pill bad">cut off</span>')
})

test('writes out what shows as nothing in what a request says', async () => {
  const refusal = { error: 'invalid_client', description: 'No.', advice: 'Add "ap\u202Ep".' }
  const html = await show({ clientId: 'ap\u200Bp', grantType: 'x\u200Fy', refusal })

  expect(html).toContain('x\\u{200f}y by ap\\u{200b}p')
  expect(html).toContain('Add &quot;ap\\u{202e}p&quot;.')
  expect(html).not.toMatch(/\p{Cf}/u)
})
