import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startStrictProvider } from '../client/strict-provider.js'
import { executablePath, openStage, ready, token } from './tabs.js'

test.skipIf(!existsSync(executablePath))(
  'logs in, renews and logs out at a provider that demands pushed requests, DPoP with nonces and rotation',
  async () => {
    const stage = await openStage()
    const provider = await startStrictProvider(stage.app.origin)
    try {
      stage.app.setup = {
        workerQuery: '',
        options: {
          mode: 'tokens',
          issuer: provider.issuer,
          clientId: 'app',
          redirectUri: `${stage.app.origin}/callback`,
          dpop: 'required',
        },
      }
      const page = await stage.browser.newPage()
      await page.goto(`${stage.app.origin}/orders`)
      expect(await ready(page)).toEqual({ status: 'anonymous' })
      await page.evaluate(() => void window.client.login())
      await page.locator('[name=login]').fill('john')
      await page.locator('[name=password]').fill('anything')
      await page.locator('[type=submit]').click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL(`${stage.app.origin}/orders`)
      expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })

      const tokens = [await token(page)]
      for (const aheadMs of [301_000, 602_000]) {
        await page.evaluate((ahead) => new BroadcastChannel('clock').postMessage(ahead), aheadMs)
        tokens.push(await token(page))
      }
      expect(new Set(tokens).size).toBe(3)
      expect(provider.paths).toContain('/request')

      await page.evaluate(() => void window.client.logout())
      await page.getByRole('button', { name: /sign me out/i }).click()
      await page.waitForURL(`${stage.app.origin}/`)
      expect(await ready(page)).toEqual({ status: 'anonymous' })
      expect(provider.paths).toContain('/token/revocation')
    } finally {
      await provider.close()
      await stage.close()
    }
  },
)
