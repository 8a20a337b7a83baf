import type { ConnectedPeer, RequestLike } from './request-like.js'

/**
 * The part of Node's `IncomingMessage` that is read here, typed without `@types/node`. `Http2ServerRequest` and the request of Express
 * have it too. In Koa pass `ctx.req`, and in Fastify `request.raw`: the objects that these frameworks wrap around it have no
 * `rawHeaders`.
 */
export interface NodeRequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** The URL as it was requested. Express and others strip the mount path of a router from `url`. */
  readonly originalUrl?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Alternating names and values, as received. */
  readonly rawHeaders?: readonly string[] | undefined
  readonly socket?: NodeSocketLike | undefined
}

/** The part of Node's `Socket` and `TLSSocket` that is read here. */
export interface NodeSocketLike {
  readonly remoteAddress?: string | undefined
  /** Of a `TLSSocket`: the certificate that the peer presented, if any. */
  getPeerX509Certificate?(): { readonly raw: Uint8Array } | undefined
  /** The same as an object with many members, several times slower: an empty object without one, and `null` once closed. */
  getPeerCertificate?(): { readonly raw?: Uint8Array | undefined } | null
}

/**
 * A view of a Node request as a `RequestLike`. Nothing is copied: later changes to the request are visible.
 *
 * Of a repeated `Authorization`, Node's `headers` keeps the first and hides the others. A field that was *received* several
 * times is therefore read from `rawHeaders` and joined. Every other field is read from `headers`, so that changes by a middleware
 * count. `url` is path and query only: Node does not know the origin, and the `Host` header cannot be trusted.
 *
 * `peer` is read from the socket on each access: the address of the other end of the connection, never what `X-Forwarded-For`
 * claims, and the certificate of the TLS session, resumed or not. A client sends a certificate only if the server asks for one
 * (`requestCert: true`). With `rejectUnauthorized: false`, any certificate is returned, self-signed and expired ones too.
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
    // Two separate attempts: in some runtimes the first method exists and throws.
    return this.#ask((socket) => socket.getPeerX509Certificate?.()?.raw) ?? this.#ask((socket) => socket.getPeerCertificate?.()?.raw)
  }

  /** The socket of an HTTP/2 request is a proxy that throws on any access once the session has ended. */
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

/** The joined values of a field that was received more than once; `undefined` for any other. */
function joinRepeated(rawHeaders: readonly string[] | undefined, lowerName: string): string | undefined {
  if (rawHeaders === undefined) return undefined
  let first: string | undefined
  let joined: string | undefined
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    // Comparing lengths first rules out most names without making a lower-case copy.
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
