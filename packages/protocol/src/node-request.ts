import type { ConnectedPeer, RequestLike } from './request-like.js'

/**
 * The part of Node's `IncomingMessage` that is read here, without its types; `Http2ServerRequest` and the request of Express have it too.
 * Of Koa, give `ctx.req`, and of Fastify `request.raw`: what these frameworks put in front of it has no `rawHeaders`.
 */
export interface NodeRequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** The URL as it was requested. Express and others take the mount path of a router off `url`. */
  readonly originalUrl?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Names and values by turns, as they were received. */
  readonly rawHeaders?: readonly string[] | undefined
  readonly socket?: NodeSocketLike | undefined
}

/** The part of Node's `Socket` and `TLSSocket` that is read here. */
export interface NodeSocketLike {
  readonly remoteAddress?: string | undefined
  /** Of a `TLSSocket`: the certificate of the peer, if it presented one. */
  getPeerX509Certificate?(): { readonly raw: Uint8Array } | undefined
  /** The same as an object with many members, which takes several times as long; an empty one for none, and `null` once closed. */
  getPeerCertificate?(): { readonly raw?: Uint8Array | undefined } | null
}

/**
 * Sees a Node request as a `RequestLike`, without copying it: what is done to the request later shows.
 *
 * Of a repeated `Authorization`, Node's `headers` keeps the first and hides the others. A field that was *received* several
 * times is therefore read from `rawHeaders` and joined; every other field is read from `headers`, so that a middleware that
 * sets or removes one is heeded. `url` is path and query: Node knows no more, and the `Host` header is not to be trusted.
 *
 * `peer` is what the socket says at the moment that it is asked: the address from which it is connected, never what
 * `X-Forwarded-For` claims, and the certificate of the TLS session, a resumed one included. A server only gets a certificate that
 * it asks for (`requestCert: true`). With `rejectUnauthorized: false` anybody's is shown, self-signed and expired ones too.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.3 RFC 9110 §5.3} (repeated fields)
 */
export function fromNodeRequest(request: NodeRequestLike): RequestLike {
  return new NodeRequest(request)
}

class NodeRequest implements RequestLike, ConnectedPeer {
  readonly #request: NodeRequestLike

  constructor(request: NodeRequestLike) {
    this.#request = request
  }

  get method(): string {
    return this.#request.method ?? 'GET'
  }

  get url(): string {
    return this.#request.originalUrl ?? this.#request.url ?? '/'
  }

  get headers(): this {
    return this
  }

  get peer(): this {
    return this
  }

  get address(): string | undefined {
    return this.#ask((socket) => socket.remoteAddress)
  }

  get certificate(): Uint8Array | undefined {
    // One after the other, since there are runtimes where the first is there and throws.
    return this.#ask((socket) => socket.getPeerX509Certificate?.()?.raw) ?? this.#ask((socket) => socket.getPeerCertificate?.()?.raw)
  }

  /** What stands for the socket of an HTTP/2 request throws when it is asked after its session has ended. */
  #ask<Answer>(question: (socket: NodeSocketLike) => Answer | undefined): Answer | undefined {
    try {
      return this.#request.socket ? question(this.#request.socket) : undefined
    } catch {
      return undefined
    }
  }

  get(name: string): string | null {
    const lowerName = name.toLowerCase()
    return joinRepeated(this.#request.rawHeaders, lowerName) ?? joinParsed(this.#request.headers, lowerName)
  }
}

/** The values of a field that is there more than once, joined; `undefined` for any other. */
function joinRepeated(rawHeaders: readonly string[] | undefined, lowerName: string): string | undefined {
  if (rawHeaders === undefined) return undefined
  let first: string | undefined
  let joined: string | undefined
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    // The length first: it rules out most names without making a lower-case copy.
    if (name.length !== lowerName.length || name.toLowerCase() !== lowerName) continue
    const value = rawHeaders[at + 1] ?? ''
    if (first === undefined) first = value
    else joined = `${joined ?? first}${separator(lowerName)}${value}`
  }
  return joined
}

function joinParsed(headers: NodeRequestLike['headers'], lowerName: string): string | null {
  const value = Object.hasOwn(headers, lowerName) ? headers[lowerName] : undefined
  if (Array.isArray(value)) return value.join(separator(lowerName))
  return value ?? null
}

/** Cookies have a list syntax of their own (RFC 9113 §8.2.3). */
function separator(lowerName: string): string {
  return lowerName === 'cookie' ? '; ' : ', '
}
