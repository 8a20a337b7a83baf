import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readCredentials } from './credentials.js'
import { fromNodeRequest, type NodeRequestLike } from './node-request.js'

function request(members: Partial<NodeRequestLike>) {
  return fromNodeRequest({ method: 'GET', url: '/', headers: {}, ...members })
}

describe('fromNodeRequest', () => {
  it('gives method and URL', () => {
    expect(request({ method: 'POST', url: '/orders?a=b' })).toMatchObject({ method: 'POST', url: '/orders?a=b' })
    expect(fromNodeRequest({ headers: {} })).toMatchObject({ method: 'GET', url: '/' })
  })

  it('gives the URL as it was requested, where a mounted router has shortened it', () => {
    expect(request({ url: '/42', originalUrl: '/api/orders/42' }).url).toBe('/api/orders/42')
  })

  it('finds a header by its name in any case, and null for an absent one', () => {
    const { headers } = request({ headers: { authorization: 'Bearer abc' }, rawHeaders: ['Authorization', 'Bearer abc'] })
    expect(headers.get('Authorization')).toBe('Bearer abc')
    expect(headers.get('AUTHORIZATION')).toBe('Bearer abc')
    expect(headers.get('dpop')).toBe(null)
  })

  it('joins a field that was received several times, of which Node shows the first', () => {
    const rawHeaders = ['authorization', 'Bearer abc', 'Host', 'x', 'AUTHORIZATION', 'Bearer def', 'Authorization', 'Bearer ghi']
    expect(request({ headers: { authorization: 'Bearer abc' }, rawHeaders }).headers.get('authorization')).toBe(
      'Bearer abc, Bearer def, Bearer ghi',
    )
  })

  it('shows an empty field among repeated ones', () => {
    const rawHeaders = ['authorization', '', 'authorization', 'Bearer abc']
    expect(readCredentials(request({ headers: { authorization: '' }, rawHeaders }))).toEqual({
      kind: 'malformed',
      reason: 'header_invalid',
    })
  })

  it('takes names for names and values for values', () => {
    const rawHeaders = ['x-a', 'authorization', 'x-b', 'authorization', 'odd']
    expect(request({ rawHeaders }).headers.get('authorization')).toBe(null)
    expect(request({ rawHeaders }).headers.get('odd')).toBe(null)
  })

  it('heeds a middleware that has set or removed a header', () => {
    expect(request({ headers: { authorization: 'Bearer set' }, rawHeaders: [] }).headers.get('authorization')).toBe('Bearer set')
    expect(request({ headers: {}, rawHeaders: ['Authorization', 'Bearer abc'] }).headers.get('authorization')).toBe(null)
  })

  it('reads headers alone where there are no raw ones', () => {
    expect(request({ headers: { authorization: 'Bearer abc' } }).headers.get('authorization')).toBe('Bearer abc')
    expect(request({ headers: { 'x-a': ['1', '2'] } }).headers.get('x-a')).toBe('1, 2')
  })

  it('joins cookies by semicolons', () => {
    expect(request({ headers: { cookie: 'a=1' }, rawHeaders: ['cookie', 'a=1', 'cookie', 'b=2'] }).headers.get('Cookie')).toBe('a=1; b=2')
  })

  it('finds no header on a prototype', () => {
    expect(request({}).headers.get('constructor')).toBe(null)
    expect(request({}).headers.get('__proto__')).toBe(null)
  })

  it('can be passed on by parts', () => {
    const { headers } = request({ headers: { a: '1' } })
    expect(['a', 'b'].map((name) => headers.get(name))).toEqual(['1', null])
  })
})

describe('a request from the network', () => {
  const server = createServer()
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  it('with two Authorization headers is seen to have both', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const received = new Promise<IncomingMessage>((resolve) => {
      server.on('request', (message, response) => {
        response.end()
        resolve(message)
      })
    })
    const { port } = server.address() as AddressInfo
    const lines = ['GET /orders?a=b HTTP/1.1', 'Host: x', 'Connection: close', 'authorization: Bearer abc', 'AUTHORIZATION: Bearer def']
    connect(port, '127.0.0.1').end(`${lines.join('\r\n')}\r\n\r\n`)
    const message = await received
    expect(message.headers.authorization).toBe('Bearer abc')
    expect(fromNodeRequest(message)).toMatchObject({ method: 'GET', url: '/orders?a=b' })
    expect(readCredentials(fromNodeRequest(message))).toEqual({ kind: 'malformed', reason: 'several_tokens' })
  })
})
