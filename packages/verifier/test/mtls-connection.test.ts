import { createSecureServer, connect as connectHttp2, type Http2ServerRequest } from 'node:http2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromNodeRequest } from '@bailiwick/protocol'
import { close, createPresentation, john, listen, mallory, presenting, startTlsApi, tlsOptions } from './mtls-fixture.js'

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s, a token that is bound to a certificate', (version) => {
  let api: Awaited<ReturnType<typeof startTlsApi>>
  beforeAll(async () => (api = await startTlsApi(version)))
  afterAll(() => close(api.server))

  it('is accepted from the client with that certificate', async () => {
    expect((await api.get(presenting(john))).text).toBe('accepted')
  })

  it('is refused from a client with another one', async () => {
    expect((await api.get(presenting(mallory))).text).toBe('invalid_token certificate_mismatch')
  })

  it('is refused from a client with none, whatever it writes into fields', async () => {
    const base64 = Buffer.from(john.certificateDer).toString('base64')
    const headers = {
      'client-cert': `:${base64}:`,
      'x-ssl-client-cert': encodeURIComponent(john.certificatePem),
      'x-forwarded-client-cert': `Hash=${Buffer.from(john.thumbprint, 'base64url').toString('hex')}`,
    }
    expect((await api.get({ headers })).text).toBe('invalid_token certificate_missing')
    expect((await api.get({ headers, ...presenting(mallory) })).text).toBe('invalid_token certificate_mismatch')
  })

  it('is accepted on a session that is resumed, which still has its certificate', async () => {
    const { session } = await api.get(presenting(john))
    expect((await api.get({ ...presenting(john), session })).text).toBe('resumed: accepted')
    expect((await api.get({ session })).text).toBe('resumed: accepted')
  })

  it('is refused on a resumed session of another client', async () => {
    const { session } = await api.get(presenting(mallory))
    expect((await api.get({ ...presenting(john), session })).text).toBe('resumed: invalid_token certificate_mismatch')
  })

  it('is refused on a resumed session that had no certificate, although the client would have it now', async () => {
    const { session } = await api.get({})
    expect((await api.get({ ...presenting(john), session })).text).toBe('resumed: invalid_token certificate_missing')
  })
})

describe('over HTTP/2, a token that is bound to a certificate', () => {
  const present = createPresentation({ from: 'connection' })
  const received: Http2ServerRequest[] = []
  const server = createSecureServer(tlsOptions(), (request, response) => {
    received.push(request)
    void present(request).then((text) => response.end(text))
  })
  let port: number
  beforeAll(async () => (port = await listen(server)))
  afterAll(() => close(server))

  it('is accepted from the client with that certificate, and from no other', async () => {
    expect(await get(presenting(john))).toBe('accepted')
    expect(await get(presenting(mallory))).toBe('invalid_token certificate_mismatch')
    expect(await get({})).toBe('invalid_token certificate_missing')
  })

  it('leaves a request without certificate and address, not with an error, once its session is over', async () => {
    await get(presenting(john))
    const last = received.at(-1)!
    await new Promise<void>((resolve) => (last.stream.session === undefined ? resolve() : last.stream.session.once('close', resolve)))
    expect(fromNodeRequest(last).peer).toMatchObject({ address: undefined, certificate: undefined })
    expect(await present(last)).toBe('invalid_token certificate_missing')
  })

  function get(options: object): Promise<string> {
    return new Promise((resolve, reject) => {
      const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, ...options }).on('error', reject)
      let text = ''
      const stream = session.request({ ':path': '/' }).setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk)).on('error', reject)
      stream.on('end', () => session.close(() => resolve(text)))
      stream.end()
    })
  }
})
