import type * as Browser from '@bailiwick/client/browser'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('errors have their names in a bundle whose classes have others', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { BrowserClientError, createBrowserClient } from '@bailiwick/client/browser'",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['#*'],
    conditions: ['@bailiwick/source'],
  })
  const { BrowserClientError, createBrowserClient } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  )) as typeof Browser
  expect(BrowserClientError.name).not.toBe('BrowserClientError')
  expect(new BrowserClientError('unavailable').name).toBe('BrowserClientError')
  expect(() => createBrowserClient({ mode: 'token-handler', tokenHandlerUrl: '' })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', code: 'configuration_invalid' }),
  )
})
