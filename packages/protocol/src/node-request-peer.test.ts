import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fromNodeRequest, type NodeSocketLike } from './node-request.js'

const raw = Uint8Array.of(0x30, 0)
const peerOf = (socket: NodeSocketLike | undefined) => fromNodeRequest({ headers: {}, socket }).peer

describe('the peer of a Node request', () => {
  it('has the address of the socket, and no certificate without TLS', () => {
    expect(peerOf({ remoteAddress: '203.0.113.9' })).toMatchObject({ address: '203.0.113.9', certificate: undefined })
  })

  it('has the certificate of the TLS session', () => {
    expect(peerOf({ getPeerX509Certificate: () => ({ raw }) })?.certificate).toBe(raw)
    expect(peerOf({ getPeerCertificate: () => ({ raw }) })?.certificate).toBe(raw)
  })

  it('has no certificate where the client presented none', () => {
    expect(peerOf({ getPeerX509Certificate: () => undefined, getPeerCertificate: () => ({}) })?.certificate).toBe(undefined)
  })

  it('has neither once the socket is closed, or where there is none', () => {
    const closed = { remoteAddress: undefined, getPeerX509Certificate: () => undefined, getPeerCertificate: () => null }
    for (const socket of [closed, undefined]) expect(peerOf(socket)).toMatchObject({ address: undefined, certificate: undefined })
  })

  it('has neither where the socket throws when it is asked', () => {
    const gone = new Proxy<NodeSocketLike>(
      {},
      {
        get() {
          throw new Error('ERR_HTTP2_SOCKET_UNBOUND')
        },
      },
    )
    expect(peerOf(gone)).toMatchObject({ address: undefined, certificate: undefined })
  })

  it('has the certificate where one of the two ways to ask for it is not implemented', () => {
    const socket: NodeSocketLike = {
      getPeerX509Certificate() {
        throw new Error('not implemented')
      },
      getPeerCertificate: () => ({ raw }),
    }
    expect(peerOf(socket)?.certificate).toBe(raw)
  })

  it('asks the socket as a method of its own', () => {
    class Socket implements NodeSocketLike {
      readonly #raw = raw
      getPeerX509Certificate() {
        return { raw: this.#raw }
      }
    }
    expect(peerOf(new Socket())?.certificate).toBe(raw)
  })

  it('does not go by what the client says of itself', () => {
    const headers = { 'x-forwarded-for': '10.0.0.7', forwarded: 'for=10.0.0.7', 'x-real-ip': '10.0.0.7' }
    expect(fromNodeRequest({ headers, socket: { remoteAddress: '203.0.113.9' } }).peer?.address).toBe('203.0.113.9')
  })

  it('has the address of a real connection, and neither if it is first asked when that has ended', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const receive = () => {
      const received = new Promise<IncomingMessage>((resolve) => server.once('request', resolve))
      connect((server.address() as AddressInfo).port, '127.0.0.1').write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      return received
    }
    expect(fromNodeRequest(await receive()).peer?.address).toBe('127.0.0.1')
    const ended = await receive()
    const closed = new Promise((resolve) => ended.socket.on('close', resolve))
    ended.socket.destroy()
    await closed
    const { peer } = fromNodeRequest(ended)
    expect([peer?.address, peer?.certificate]).toEqual([undefined, undefined])
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
