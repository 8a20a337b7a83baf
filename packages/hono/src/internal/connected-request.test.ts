import type { AccessTokenVerifier, ConnectedPeer, RequestLike } from '@bailiwick/protocol'
import { defineContract } from '@bailiwick/guard'
import { Hono, type Context } from 'hono'
import { describe, expect, test } from 'vitest'
import { protect } from '../protect.js'
import { nodePeer } from './connected-request.js'

const certificate = new Uint8Array([48, 0])
const socket = { remoteAddress: '192.0.2.1', getPeerCertificate: () => ({ raw: certificate }) }

describe('the peer by the socket of Node', () => {
  test.each([
    ['in the environment of the server', { incoming: { socket, headers: {} } }],
    ['beside what the application has in its own', { server: { incoming: { socket, headers: {} } }, DATABASE: {} }],
  ])('is found %s', (_, env) => {
    const peer = nodePeer({ env })
    expect([peer?.address, peer?.certificate]).toEqual(['192.0.2.1', certificate])
  })

  test('has no certificate where there is no TLS, and no address once the connection is gone', () => {
    const peer = nodePeer({ env: { incoming: { socket: { remoteAddress: undefined }, headers: {} } } })
    expect([peer?.address, peer?.certificate]).toEqual([undefined, undefined])
  })

  test.each([
    ['no environment', undefined],
    ['an empty one', {}],
    ['a binding of that name', { incoming: 'queue', server: null }],
    ['a binding that seems to have every member', { incoming: stub() }],
    ['a binding with something else for a socket', { incoming: { socket: {} } }],
  ])('is not found in %s', (_, env) => {
    expect(nodePeer({ env })).toBeUndefined()
  })
})

describe('a verifier', () => {
  const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: {} } })
  const office: ConnectedPeer = { address: '192.0.2.7', certificate: undefined }

  /** What a verifier is given for a request to an API with these options. */
  async function requestSeenWith(options: { peer?: (c: Context) => ConnectedPeer | undefined; mtls?: boolean }, env: object = {}) {
    const { peer, mtls } = options
    const raw: Request[] = []
    const seen: RequestLike[] = []
    const verify: AccessTokenVerifier['verify'] = async (_, presentation) => {
      if (presentation !== undefined) seen.push(presentation.request)
      return { issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }
    }
    const senderConstraint = mtls === undefined ? undefined : { required: false, mtls }
    const app = new Hono().use(async (c, next) => {
      raw.push(c.req.raw)
      await next()
    })
    app.use(protect({ verifier: { verify, senderConstraint }, contract, peer }).guard())
    await app.request('/orders?page=2', { method: 'PUT', headers: { authorization: 'Bearer abc' } }, env)
    if (seen[0] === undefined) throw new Error('the verifier was not asked')
    return { request: seen[0], raw: raw[0] }
  }

  test('that takes plain tokens alone is given the request as it is', async () => {
    const { request, raw } = await requestSeenWith({})
    expect(request).toBe(raw)
  })

  test('that checks senders is told the peer, and the request as ever', async () => {
    const { request } = await requestSeenWith({ mtls: true }, { incoming: { socket, headers: {} } })
    expect(request.peer?.certificate).toBe(certificate)
    expect([request.method, request.url]).toEqual(['PUT', 'http://localhost/orders?page=2'])
    expect(request.headers.get('Authorization')).toBe('Bearer abc')
  })

  test.each([true, undefined])('is told what the application says of the peer, and no more (%s)', async (mtls) => {
    const options = mtls === undefined ? {} : { mtls }
    const env = { incoming: { socket, headers: {} } }
    const said = await requestSeenWith({ ...options, peer: () => office }, env)
    expect(said.request.peer).toBe(office)
    const silent = await requestSeenWith({ ...options, peer: () => undefined }, env)
    expect(silent.request.peer).toBeUndefined()
  })
})

/** What a remote procedure call of Workers looks like: each member is a function, with members of its own. */
function stub(): object {
  return new Proxy({}, { get: () => new Proxy(() => {}, { get: () => stub(), has: () => true }) })
}
