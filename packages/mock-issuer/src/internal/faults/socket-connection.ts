import type { ClientConnection } from './connection.js'

/** The part of a socket of `node:net` or `node:tls` that is used here. */
export interface ServerSocket {
  readonly encrypted?: boolean
  readonly remoteAddress?: string | undefined
  destroy(): void
  destroySoon(): void
  resetAndDestroy(): void
}

/** The part of Node's response that is used here. */
export interface ServerAnswer {
  readonly headersSent: boolean
  readonly destroyed: boolean
}

/** The connection of a request that came over a socket of Node. */
export function socketConnection(socket: ServerSocket, answer: ServerAnswer): ClientConnection {
  return {
    peerAddress: socket.remoteAddress,
    reset() {
      // Only plain TCP has a reset of its own; beneath TLS it would be an error of ours.
      if (socket.encrypted === true) socket.destroy()
      else socket.resetAndDestroy()
    },
    async cut() {
      // The head is written only after the server has looked for more of the body in vain; the first bytes go along with it.
      while (!answer.headersSent && !answer.destroyed) await nextTurn()
      socket.destroySoon()
    },
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1)
  })
}
