import type { RawRequest, RawResponse } from './sender.js'

/** Sends a request over a connection of its own, with every header field as it is given, also several of one name. */
export async function requestBySocket({ url, method, headers, body, signal }: RawRequest): Promise<RawResponse> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const length = body === undefined ? [] : ['content-length', String(new TextEncoder().encode(body).length)]
    const fields = ['host', url.host, 'connection', 'close', ...length, ...headers.flat()]
    const sent = request(url, { method, headers: fields, agent: false, signal }, (response) => {
      resolve({ status: response.statusCode ?? 0, challenges: (response.headersDistinct['www-authenticate'] ?? []).join(', ') })
      // What is in the body is of no interest, and a connection that breaks within it neither.
      response.on('error', () => {})
      response.resume()
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
