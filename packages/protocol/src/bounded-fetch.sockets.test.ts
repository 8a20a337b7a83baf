import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { type BoundedFetchInput, fetchBounded } from './bounded-fetch.js'
import { FetchError } from './fetch-error.js'

const servers: Server[] = []

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/document?secret=s3cret`
}

async function codeFor(listener: RequestListener, input: Partial<BoundedFetchInput> = {}): Promise<string> {
  const url = await serve(listener)
  const error = await fetchBounded({ url, timeoutMs: 5000, maxBytes: 262_144, accept: '*/*', ...input }).then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(FetchError)
  expect((error as FetchError).message).not.toMatch(/s3cret|document/)
  return (error as FetchError).code
}

describe('fetchBounded against a real server', () => {
  it('reads a document', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', etag: '"1"' })
      response.end(JSON.stringify({ accept: request.headers.accept, path: request.url }))
    })
    const { status, headers, text } = await fetchBounded({ url, timeoutMs: 5000, maxBytes: 1000, accept: 'application/json' })
    expect({ status, etag: headers.get('etag') }).toEqual({ status: 200, etag: '"1"' })
    expect(JSON.parse(text)).toEqual({ accept: 'application/json', path: '/document?secret=s3cret' })
  })

  it('hands over an HTML page like any other text', async () => {
    const url = await serve((_, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'))
    expect(await fetchBounded({ url, timeoutMs: 5000, maxBytes: 1000, accept: '*/*' })).toMatchObject({
      status: 502,
      text: '<h1>Bad gateway</h1>',
    })
  })

  it('gives up on a body that drips for ever', async () => {
    const closed: Promise<unknown>[] = []
    const code = await codeFor(
      (_, response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 5)
        response.on('close', () => clearInterval(drip))
        closed.push(once(response, 'close'))
      },
      { timeoutMs: 60 },
    )
    expect(code).toBe('timeout')
    await Promise.all(closed)
  })

  it('gives up on a server that accepts and says nothing', async () => {
    expect(await codeFor(() => {}, { timeoutMs: 60 })).toBe('timeout')
  })

  it('stops reading a body of 10 MB, and closes the connection', async () => {
    let sent = 0
    const closed: Promise<unknown>[] = []
    const code = await codeFor((_, response) => {
      const chunk = Buffer.alloc(65_536, 'a')
      const write = (): void => {
        while (sent < 10_000_000) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', write)
        }
        response.end()
      }
      closed.push(once(response, 'close'))
      write()
    })
    expect(code).toBe('too_large')
    await Promise.all(closed)
    expect(sent).toBeLessThan(10_000_000)
  })

  it('refuses a declared length of 10 MB', async () => {
    expect(await codeFor((_, response) => void response.writeHead(200, { 'content-length': 10_000_000 }).write('{'))).toBe('too_large')
  })

  it('notices that a body is shorter than it was declared', async () => {
    const code = await codeFor((_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{}', () => response.socket?.destroy())
    })
    expect(code).toBe('network')
  })

  it('refuses a small body that decompresses to a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000))
    expect(bomb.length).toBeLessThan(20_000)
    expect(await codeFor((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))).toBe('too_large')
  })

  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = []
    const code = await codeFor((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(code).toBe('redirected')
    expect(paths).toEqual(['/document?secret=s3cret'])
  })

  it('takes a reset connection for a network fault', async () => {
    expect(await codeFor((request) => void request.socket.resetAndDestroy())).toBe('network')
  })

  it('takes a refused connection for a network fault', async () => {
    const url = await serve(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    await expect(fetchBounded({ url, timeoutMs: 5000, maxBytes: 10, accept: '*/*' })).rejects.toMatchObject({ code: 'network' })
  })

  it('takes an answer that is not HTTP for a network fault', async () => {
    expect(await codeFor((request) => void request.socket.end('not http\r\n\r\n'))).toBe('network')
  })
})
