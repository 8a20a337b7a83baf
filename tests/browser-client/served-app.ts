import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { BrowserClientOptions } from '@bailiwick/client/browser'
import { build } from 'esbuild'

/** What a page is told of its set-up. */
export interface PageSetup {
  options: BrowserClientOptions
  /** Given, the worker is the one that can be disturbed. */
  workerQuery?: string | undefined
}

/** An app on a loopback origin of its own: every path is the same page. */
export interface ServedApp {
  readonly origin: string
  /** Read anew for each page. */
  setup: PageSetup | undefined
  close(): Promise<void>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Bundles the page and its workers as an app would, and serves them. */
export async function serveApp(): Promise<ServedApp> {
  const { outputFiles } = await build({
    entryPoints: [path('page.ts'), path('disturbed-worker.ts'), { in: '@bailiwick/client/browser/worker', out: 'worker' }].map((entry) =>
      typeof entry === 'string' ? { in: entry, out: entry.replace(/^.*\/|\.ts$/g, '') } : entry,
    ),
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/assets',
    write: false,
    conditions: ['@bailiwick/source'],
    absWorkingDir: path('.'),
  })
  const assets = new Map(outputFiles.map((file) => [file.path.replaceAll('\\', '/'), file.text]))
  const app: { setup: PageSetup | undefined } = { setup: undefined }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const asset = assets.get(pathname)
    if (asset !== undefined) return response.setHeader('content-type', 'text/javascript').end(asset)
    if (pathname.startsWith('/assets/')) return response.writeHead(404).end()
    const setup = JSON.stringify(app.setup).replaceAll('<', String.raw`\u003c`)
    return response
      .setHeader('content-type', 'text/html')
      .end(
        `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,"><script>setup = ${setup}</script><script type="module" src="/assets/page.js"></script><button id="popup" onclick="popup = client.login({ display: 'popup' })">Log in</button></html>`,
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(app, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
