import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import type { MockIssuer } from '@bailiwick/mock-issuer'
import { build, type Rollup } from 'vite'
import { createBackend } from '../src/server/backend.js'
import { createShopIssuer } from '../src/server/issuer.js'
import { createOrdersApi } from '../src/server/orders-api.js'

/** The whole example on ports of its own. */
export interface ServedShop extends AsyncDisposable {
  readonly appOrigin: string
  readonly apiUrl: string
  readonly issuer: MockIssuer
  /** What was asked of the API and the token handler: `POST /token-handler/refresh 200`. */
  readonly answers: string[]
  /** By path: what has been answered is under way until this is done. */
  readonly underWay: Map<string, Promise<void>>
  /** Has the API refuse every access token that it has seen so far, as if it had expired. */
  expireTokens(): void
}

/** Builds the page as it is deployed, or the one of another folder, and serves it, the backend and an issuer. */
export async function serveShop(mode: string, folder = '..'): Promise<ServedShop> {
  const page = createServer()
  const backend = createServer()
  const [appOrigin, apiUrl] = [await listen(page), await listen(backend)]
  const issuer = await createShopIssuer(appOrigin)
  await issuer.listen()
  const api = createOrdersApi(issuer.issuer, apiUrl)
  const seen = new Set<string>()
  let refused = new Set<string>()
  const { fetch } = createBackend({
    issuer: issuer.issuer,
    appOrigin,
    api: {
      fetch(request) {
        const token = request.headers.get('authorization')?.split(' ')[1] ?? ''
        seen.add(token)
        if (!refused.has(token)) return api.fetch(request)
        return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
      },
    },
  })
  const answers: string[] = []
  const underWay = new Map<string, Promise<void>>()
  const answer = getRequestListener(async (request) => {
    const response = await fetch(request)
    const { pathname } = new URL(request.url)
    if (request.method !== 'OPTIONS') {
      answers.push(`${request.method} ${pathname} ${response.status}`)
      await underWay.get(pathname)
    }
    return response
  })
  backend.on('request', (request, response) => void answer(request, response))
  const files = await bundle(folder, { VITE_MODE: mode, VITE_APP: appOrigin, VITE_API: apiUrl, VITE_ISSUER: issuer.issuer })
  page.on('request', ({ url = '/' }, response) => {
    const { pathname } = new URL(url, appOrigin)
    const name = files.has(pathname) ? pathname : '/index.html'
    response.setHeader('content-type', contentType(name)).end(files.get(name))
  })
  return {
    appOrigin,
    apiUrl,
    issuer,
    answers,
    underWay,
    expireTokens: () => void (refused = new Set(seen)),
    async [Symbol.asyncDispose]() {
      for (const server of [page, backend]) {
        server.close()
        server.closeAllConnections()
      }
      await issuer[Symbol.asyncDispose]()
    },
  }
}

async function bundle(folder: string, env: Record<string, string>): Promise<Map<string, string | Uint8Array>> {
  const define = Object.fromEntries(Object.entries(env).map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]))
  const output = await build({
    root: fileURLToPath(new URL(folder, import.meta.url)),
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    define,
    build: { write: false },
  })
  const { output: files } = [output].flat()[0] as Rollup.RollupOutput
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

function contentType(name: string): string {
  if (name.endsWith('.html')) return 'text/html'
  return name.endsWith('.css') ? 'text/css' : 'text/javascript'
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
