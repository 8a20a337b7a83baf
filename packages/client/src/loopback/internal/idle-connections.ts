import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps so many connections at most that have not asked for anything yet. One more ends the oldest of them, and is let in itself: if it were refused,
 * whoever connects and says nothing would shut the browser out, which asks as soon as it is connected.
 */
export function limitIdleConnections(server: Server, most: number): void {
  const idle = new Set<Socket>()
  server.on('connection', (socket) => {
    idle.add(socket)
    socket.once('close', () => idle.delete(socket))
    const [oldest] = idle
    if (idle.size > most) oldest?.destroy()
  })
  server.on('request', ({ socket }) => idle.delete(socket))
}
