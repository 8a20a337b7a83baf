import { type ConnectedPeer, fromNodeRequest, type NodeRequestLike, type RequestLike } from '@bailiwick/protocol'
import type { Context } from 'hono'

/** A request of Hono with its peer, which a web-standard `Request` does not know. The peer is looked for when it is asked for. */
export class ConnectedRequest implements RequestLike {
  readonly #context: Context
  readonly #peerOf: (c: Context) => ConnectedPeer | undefined

  constructor(context: Context, peerOf: (c: Context) => ConnectedPeer | undefined) {
    this.#context = context
    this.#peerOf = peerOf
  }

  get method(): string {
    return this.#context.req.raw.method
  }

  get url(): string {
    return this.#context.req.raw.url
  }

  get headers(): Headers {
    return this.#context.req.raw.headers
  }

  get peer(): ConnectedPeer | undefined {
    return this.#peerOf(this.#context)
  }
}

/**
 * The peer by Node's socket, where `@hono/node-server`, 1 or 2, has put it: at `env.incoming`, or at `env.server.incoming` where the
 * application has an `env` of its own. `undefined` on other platforms, where a binding may have either name.
 */
export function nodePeer({ env }: Pick<Context, 'env'>): ConnectedPeer | undefined {
  const incoming = [member(env, 'incoming'), member(member(env, 'server'), 'incoming')].find(isNodeRequest)
  return incoming && fromNodeRequest(incoming).peer
}

function isNodeRequest(value: unknown): value is NodeRequestLike {
  const socket = member(value, 'socket')
  return typeof socket === 'object' && socket !== null && 'remoteAddress' in socket
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
