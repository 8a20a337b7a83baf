import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Whether there is a browser to look at the pages with. */
export const hasChromium = existsSync(executablePath)

export function launchChromium(): Promise<Browser> {
  // Its own sandbox does not start for root, who runs tests in containers; nothing but the pages of the tests is opened.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** What keeps some people from reading the page, by rule and element. */
export async function violations(page: Page): Promise<string[]> {
  // Run by the debugger, so that the page's policy need not be weakened for it.
  await page.evaluate(axe.source)
  const results = await page.evaluate<axe.AxeResults>('axe.run()')
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
