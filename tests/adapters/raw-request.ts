import { request as openRequest } from 'node:http'
import { request as openTlsRequest } from 'node:https'

/** Header fields by turns as they go over the wire: a name may occur twice. */
export type Fields = readonly (readonly [name: string, value: string])[]

export interface RawRequest {
  readonly port: number
  /** Default `GET`. */
  readonly method?: string
  readonly path: string
  readonly fields?: Fields
  /** Over TLS, with this certificate of the client if there is one. The server's is not checked. Default: in the clear. */
  readonly tls?: { readonly key?: string; readonly cert?: string }
}

export interface RawResponse {
  readonly status: number
  /** By lower-case name; a repeated field is joined with `", "`. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** Everything that came over the wire as header and body, to search in. */
  readonly text: string
  readonly milliseconds: number
}

/** Sends one request over a connection of its own, with exactly the given fields beside `Host` and `Connection`. */
export function send({ port, method = 'GET', path, fields = [], tls }: RawRequest): Promise<RawResponse> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const headers = [['host', `127.0.0.1:${port}`], ['connection', 'close'], ...fields].flat()
    const open = tls === undefined ? openRequest : openTlsRequest
    const request = open(
      { host: '127.0.0.1', port, method, path, headers, agent: false, rejectUnauthorized: false, ...tls },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8')
          resolve({
            status: response.statusCode ?? 0,
            headers: joined(response.headersDistinct),
            body,
            text: `${response.rawHeaders.join('\n')}\n\n${body}`,
            milliseconds: performance.now() - startedAt,
          })
        })
      },
    )
    request.on('error', reject)
    request.end()
  })
}

/** The field that carries an access token. */
export function bearer(token: string): Fields {
  return [['authorization', `Bearer ${token}`]]
}

function joined(headers: NodeJS.Dict<string[]>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values?.join(', ')]))
}
