import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'

const executablePath = '/usr/bin/chromium'
const closing: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

/** A page with the library as it is published, in an origin of its own. */
async function servePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('oidc-client-ts-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
  })
  const page = `<!doctype html><title>app</title><link rel="icon" href="data:,"><script>${outputFiles[0]?.text ?? ''}</script>`
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it.skipIf(!existsSync(executablePath))('completes code + PKCE, refresh and logout in a browser', async () => {
  const origin = await servePage()
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'app', redirectUris: [`${origin}/callback`], postLogoutRedirectUris: [`${origin}/signed-out`] }],
  })
  const { url: authority, close } = await issuer.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  closing.push(async () => {
    await browser.close()
    await close()
  })
  const page = await browser.newPage()
  await page.goto(`${origin}/?authority=${encodeURIComponent(authority)}`)
  await page.evaluate(() => void window.manager.signinRedirect())
  await page.getByRole('button', { name: 'John' }).first().click()
  await page.waitForURL(`${origin}/callback**`)

  const user = await page.evaluate(async () => {
    const { profile, access_token: accessToken } = await window.manager.signinRedirectCallback()
    return { sub: profile.sub, accessToken }
  })
  expect(user.sub).toBe('john')

  const renewed = await page.evaluate(async () => (await window.manager.signinSilent())?.access_token)
  expect(renewed).not.toBe(user.accessToken)
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token').map(({ status }) => status)).toEqual([200, 200])

  await page.evaluate(() => void window.manager.signoutRedirect())
  await page.waitForURL(`${origin}/signed-out**`)
  await page.evaluate(() => window.manager.signoutRedirectCallback())
  expect(await page.evaluate(() => window.manager.getUser())).toBeNull()
})
