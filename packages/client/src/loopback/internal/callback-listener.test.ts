import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { parseLoopbackRedirectUri } from '../../internal/attempt-redirect-uri.js'
import { listenForCallback } from './callback-listener.js'

async function open(redirectUri = 'http://127.0.0.1/callback') {
  const loopback = parseLoopbackRedirectUri(redirectUri)
  if (loopback === undefined) throw new Error(`${redirectUri} is no loopback URI`)
  const listener = await listenForCallback(loopback, 'Shop')
  let isClosed = false
  const close = async () => {
    if (!isClosed) await listener.close()
    isClosed = true
  }
  onTestFinished(close)
  const ended = new AbortController()
  const received = listener.receive('the-state', ended.signal)
  received.catch(() => {})
  return { listener, received, ended, close, origin: `http://127.0.0.1:${listener.port}` }
}

/** With a `Host` header, which `fetch` does not let one choose. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('takes the callback of the login, and answers it when it is known how it ended', async () => {
  const { received, origin } = await open()
  const page = fetch(`${origin}/callback?code=a%2Bb&state=the-state&iss=https%3A%2F%2Flogin.example.com`)
  const { parameters, answer } = await received
  expect(Object.fromEntries(parameters)).toEqual({ code: 'a+b', state: 'the-state', iss: 'https://login.example.com' })
  await answer('logged-in')
  const response = await page
  expect(response.status).toBe(200)
  expect(response.headers.get('connection')).toBe('close')
  expect(await response.text()).toContain('You are logged in')
})

test.each([
  ['without a state', '/callback?code=a'],
  ['with another state', '/callback?code=a&state=another'],
  ['with an error and no state', '/callback?error=access_denied'],
  ['with a state that only begins the same', '/callback?state=the-stat'],
  ['at another path', '/callback/?state=the-state'],
  ['at a path that would be another host', '//example.org/callback?state=the-state'],
  ['at a path that looks like the same', '/%63allback?state=the-state'],
  ['for the icon', '/favicon.ico'],
  ['for a proxy', 'http://127.0.0.1/callback?state=the-state'],
])('passes over a request %s', async (_, path) => {
  const { listener, received, origin } = await open()
  const { status, text } = await ask(listener.port, path)
  expect(status).toBe(400)
  expect(text).toContain('There is nothing here')
  expect(text).not.toContain('the-state')
  await letIn(received, origin)
})

test('wants the query of the redirect URI too', async () => {
  const { received, origin } = await open('http://127.0.0.1/callback?tool=shop')
  expect((await fetch(`${origin}/callback?state=the-state`)).status).toBe(400)
  expect((await fetch(`${origin}/callback?tool=other&state=the-state`)).status).toBe(400)
  const page = fetch(`${origin}/callback?tool=shop&state=the-state`)
  await (await received).answer('logged-in')
  expect((await page).status).toBe(200)
})

test.each(['POST', 'PUT', 'OPTIONS', 'DELETE'])('passes over %s', async (method) => {
  const { listener, received, origin } = await open()
  expect((await ask(listener.port, '/callback?state=the-state', {}, method)).status).toBe(400)
  await letIn(received, origin)
})

test.each(['example.org', 'localhost', 'attacker.127.0.0.1.example.org', '127.0.0.1'])('passes over the name %s', async (host) => {
  const { listener, received, origin } = await open()
  expect((await ask(listener.port, '/callback?state=the-state', { host })).status).toBe(400)
  await letIn(received, origin)
})

test('takes one callback and no second', async () => {
  const { received, origin } = await open()
  const first = fetch(`${origin}/callback?state=the-state&code=a`)
  const { parameters, answer } = await received
  expect((await fetch(`${origin}/callback?state=the-state&code=b`)).status).toBe(400)
  expect(parameters.get('code')).toBe('a')
  await answer('logged-in')
  expect((await first).status).toBe(200)
})

test('leaves a repeated state to the checks of the login', async () => {
  const { received, origin } = await open()
  const page = fetch(`${origin}/callback?state=another&state=the-state`)
  const { parameters, answer } = await received
  expect(parameters.getAll('state')).toEqual(['another', 'the-state'])
  await answer('failed')
  await page
})

test('takes nothing before it is known what to wait for', async () => {
  const listener = await listenForCallback({ host: '127.0.0.1', port: undefined, path: '/callback' }, undefined)
  expect((await fetch(`http://127.0.0.1:${listener.port}/callback?state=`)).status).toBe(400)
  await listener.close()
})

// Elsewhere there is but one such address.
test.skipIf(process.platform !== 'linux')('is at its own address alone', async () => {
  const { listener } = await open()
  await expect(connecting('127.0.0.2', listener.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'))

test.skipIf(!hasIpv6)('listens on the address of the redirect URI, also by IPv6', async () => {
  const { listener, received } = await open('http://[::1]/callback')
  const page = fetch(`http://[::1]:${listener.port}/callback?state=the-state`)
  await (await received).answer('logged-in')
  expect((await page).status).toBe(200)
  await expect(connecting('127.0.0.1', listener.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('gives the port back, whoever is still connected', async () => {
  const { listener, close, origin } = await open()
  const idle = await connecting('127.0.0.1', listener.port)
  const hanging = fetch(`${origin}/callback?state=the-state`)
  await close()
  await expect(hanging).rejects.toThrow('fetch failed')
  await expect(fetch(origin)).rejects.toThrow('fetch failed')
  idle.destroy()
  const next = await listenForCallback({ host: '127.0.0.1', port: listener.port, path: '' }, undefined)
  expect(next.port).toBe(listener.port)
  await next.close()
})

test('says so when its port is taken', async () => {
  const { listener } = await open()
  await expect(listenForCallback({ host: '127.0.0.1', port: listener.port, path: '' }, undefined)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})

test('survives a request that is too large to be one', async () => {
  const { listener, received, origin } = await open()
  expect((await ask(listener.port, `/callback?state=the-state&code=${'x'.repeat(100_000)}`)).status).toBe(431)
  await letIn(received, origin)
})

test('survives what is no HTTP', async () => {
  const { listener, received, origin } = await open()
  const socket = await connecting('127.0.0.1', listener.port)
  socket.end('\u0016\u0003\u0001 hello\r\n\r\n')
  await new Promise((resolve) => socket.once('close', resolve).resume())
  await letIn(received, origin)
})

test('lets the browser in, however many connect and say nothing: the oldest of them are ended', async () => {
  const { listener, received, origin } = await open()
  const silent = await Promise.all(Array.from({ length: 60 }, () => connecting('127.0.0.1', listener.port)))
  const ended = Promise.all(silent.slice(0, 10).map(heardUntilEnd))
  await letIn(received, origin)
  expect(new Set(await ended)).toEqual(new Set(['']))
  for (const socket of silent) socket.destroy()
})

test('does not end the browser that waits for its page', async () => {
  const { listener, received, origin } = await open()
  const page = fetch(`${origin}/callback?state=the-state`)
  const { answer } = await received
  const silent = await Promise.all(Array.from({ length: 60 }, () => connecting('127.0.0.1', listener.port)))
  expect(await Promise.all(silent.slice(0, 9).map(heardUntilEnd))).toEqual(Array.from({ length: 9 }, () => ''))
  await answer('logged-in')
  expect((await page).status).toBe(200)
  for (const socket of silent) socket.destroy()
})

test('leads the browser on from an address of its own, once', async () => {
  const { listener, received, origin } = await open()
  const url = 'https://login.example.com/authorize?state=the-state'
  const [{ address: one }, { address: other, isOpenedTwice }] = [listener.leadOnce(url), listener.leadOnce(url)]
  expect(one).not.toBe(other)
  expect(other).toMatch(new RegExp(`^${origin}/[\\w-]{43}$`))
  const { pathname } = new URL(other)
  expect((await ask(listener.port, pathname, { host: 'localhost' })).status).toBe(400)
  expect((await ask(listener.port, pathname, {}, 'HEAD')).status).toBe(400)
  expect((await ask(listener.port, `${pathname}?`)).status).toBe(400)
  const answer = await fetch(other, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location'), isOpenedTwice()]).toEqual([302, url, false])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  const again = await fetch(other, { redirect: 'manual' })
  expect([again.status, again.headers.get('location'), isOpenedTwice()]).toEqual([409, null, true])
  await letIn(received, origin)
})

const withinSeconds = 10_000

test.each([
  ['nothing', ''],
  ['half a request', 'GET /callback HTTP/1.1\r\nHost: '],
])(
  'ends the connection of one who says %s',
  async (_, text) => {
    const { listener } = await open()
    const socket = await connecting('127.0.0.1', listener.port)
    socket.write(text)
    expect(await heardUntilEnd(socket)).toMatch(/^HTTP\/1\.1 408 /)
  },
  withinSeconds,
)

test('ends the wait when it is told to', async () => {
  const { received, ended } = await open()
  ended.abort(new Error('enough'))
  await expect(received).rejects.toThrow('enough')
})

/** The login goes on: its own callback is still taken. */
async function letIn(received: ReturnType<Awaited<ReturnType<typeof open>>['listener']['receive']>, origin: string): Promise<void> {
  const page = fetch(`${origin}/callback?state=the-state&code=a`)
  const { parameters, answer } = await received
  expect(parameters.get('code')).toBe('a')
  await answer('logged-in')
  expect((await page).status).toBe(200)
}

function connecting(host: string, port: number): Promise<ReturnType<typeof connect>> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket))
    socket.once('error', reject)
  })
}

function heardUntilEnd(socket: ReturnType<typeof connect>): Promise<string> {
  let heard = ''
  socket.on('data', (data) => (heard += String(data)))
  socket.on('error', () => {})
  return new Promise((resolve) => socket.once('close', () => resolve(heard)))
}
