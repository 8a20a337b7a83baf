import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

test('a login page stays answerable, and a device approvable, when others are opened by the thousand', { timeout: 60_000 }, async () => {
  const issuer = await createMockIssuer({ now: () => 1_800_000_000_000 })
  const browser = await createBrowser(issuer.fetch).open(authorizationUrl(issuer))
  const device = await (await post(issuer, '/device_authorization', { client_id: 'app' })).json()
  for (let count = 0; count < 1_000; count += 1) {
    await (await issuer.fetch(authorizationUrl(issuer))).body?.cancel()
    await (await post(issuer, '/device_authorization', { client_id: 'app' })).body?.cancel()
  }

  expect((await browser.submit({ user: 'john' })).response.status).toBe(303)
  await issuer.device.approve(device.user_code)
})
