import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import type { OpenPage } from '../../../test/browser.js'
import { post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

async function start(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ now: () => 1_800_000_000_000, ...options })
  const codes = await (await post(issuer, '/device_authorization', { client_id: 'app', scope: 'orders_read' })).json()
  const browser = createBrowser(issuer.fetch)
  return { issuer, codes, browser, page: await browser.open(`${issuer.issuer}/device`) }
}

async function poll(issuer: MockIssuer, deviceCode: string) {
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: 'app', device_code: deviceCode }
  return (await post(issuer, '/token', form)).json()
}

function confirmation({ html }: OpenPage): string {
  return /name="confirmation" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

test('asks for the code, shows who asks for what, and connects the device as the user who is chosen', async () => {
  const { issuer, codes, page } = await start({ users: [{ sub: 'john', name: 'John', description: 'Trader' }, { sub: 'jane' }] })
  expect(page.response.status).toBe(200)
  const decision = await page.submit({ user_code: codes.user_code.toLowerCase().replace('-', ' ') })
  for (const text of ['Example app', codes.user_code, 'orders_read', 'Trader', 'value="jane"', 'Deny'])
    expect(decision.html).toContain(text)
  const done = await decision.submit({ confirmation: confirmation(decision), user: 'jane' })

  expect(done.html).toContain('The device is connected')
  expect(decodeJwt((await poll(issuer, codes.device_code)).access_token).sub).toBe('jane')
})

test('connects the device as somebody who is typed', async () => {
  const { issuer, codes, page } = await start()
  const decision = await page.submit({ user_code: codes.user_code })
  await decision.submit({ confirmation: confirmation(decision), username: ' ann ', action: 'allow' })

  expect(decodeJwt((await poll(issuer, codes.device_code)).access_token).sub).toBe('ann')
})

test('denies the device', async () => {
  const { issuer, codes, page } = await start()
  const decision = await page.submit({ user_code: codes.user_code })
  const done = await decision.submit({ confirmation: confirmation(decision), action: 'deny' })

  expect(done.html).toContain('The device was denied')
  expect(await poll(issuer, codes.device_code)).toMatchObject({ error: 'access_denied' })
})

test('fills in the code of the complete link, and decides nothing by it', async () => {
  const { issuer, codes, browser } = await start()
  const page = await browser.open(codes.verification_uri_complete)

  expect(page.html).toContain(`value="${codes.user_code}"`)
  expect(page.html).not.toContain('Allow as')
  expect(await poll(issuer, codes.device_code)).toMatchObject({ error: 'authorization_pending' })
})

test('escapes a code that came in the link', async () => {
  const { issuer, browser } = await start()
  const { html } = await browser.open(`${issuer.issuer}/device?user_code=${encodeURIComponent('"><script>x')}`)

  expect(html).not.toContain('<script')
})

test('takes the answer from the browser alone that the page was shown in', async () => {
  const { issuer, codes, page } = await start()
  const decision = await page.submit({ user_code: codes.user_code })
  const answer = await post(issuer, '/device', { confirmation: confirmation(decision), user: 'john' })

  expect(answer.status).toBe(403)
  expect(await poll(issuer, codes.device_code)).toMatchObject({ error: 'authorization_pending' })
})

test('takes one answer', async () => {
  const { codes, page } = await start()
  const decision = await page.submit({ user_code: codes.user_code })
  await decision.submit({ confirmation: confirmation(decision), action: 'deny' })
  const again = await decision.submit({ confirmation: confirmation(decision), user: 'john' })

  expect(again.response.status).toBe(400)
  expect(again.html).toContain('answered already')
})

test('says that no device waits, to a wrong code and to one whose time is over', async () => {
  const { issuer, codes, page } = await start()
  expect((await page.submit({ user_code: 'BCDF-GHJK' })).response.status).toBe(400)
  issuer.clock.advanceSeconds(600)

  expect((await page.submit({ user_code: codes.user_code })).html).toContain('No device waits with this code')
})

test('stops a guesser and nobody else, and lets it in again later', async () => {
  const { issuer, codes, page } = await start()
  for (let index = 0; index < 50; index += 1) {
    await post(issuer, '/device', { user_code: 'BCDF-GHJK' })
    await page.submit({ user_code: 'BCDF-GHJK' })
  }
  expect((await post(issuer, '/device', { user_code: codes.user_code })).status).toBe(429)
  const refused = await page.submit({ user_code: codes.user_code })
  expect(refused.response.status).toBe(429)
  expect(refused.response.headers.get('retry-after')).toBe('600')
  expect(refused.html).not.toContain('Allow as')
  const other = await createBrowser(issuer.fetch).open(`${issuer.issuer}/device`)
  expect((await other.submit({ user_code: codes.user_code })).response.status).toBe(200)

  issuer.clock.advanceSeconds(599)
  const fresh = await (await post(issuer, '/device_authorization', { client_id: 'app' })).json()
  issuer.clock.advanceSeconds(2)
  expect((await page.submit({ user_code: fresh.user_code })).response.status).toBe(200)
})

test('asks again when the user lacks a claim that a scope requires', async () => {
  const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const { codes, page } = await start({ contract })
  const decision = await page.submit({ user_code: codes.user_code })
  const again = await decision.submit({ confirmation: confirmation(decision), user: 'john' })

  expect(again.response.status).toBe(400)
  expect(again.html).toContain('role="alert"')
  expect(again.html).toContain('account_nr')
})

test('asks again for a user name that is none', async () => {
  const { codes, page } = await start()
  const decision = await page.submit({ user_code: codes.user_code })

  expect((await decision.submit({ confirmation: confirmation(decision), username: 'Jörg' })).response.status).toBe(400)
})
