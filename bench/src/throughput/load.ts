import autocannon from 'autocannon'
import type { Child } from '../servers/start-child.js'

/** Enough to keep a server busy even while the load generator waits for the processor. */
export const connections = 64

export interface LoadResult {
  requestsPerSecond: number
  /** Processor time of the server for one request, of all its threads, in microseconds. */
  cpuMicros: number
}

/** Keeps a server busy for some seconds. Throws unless every answer is a 200. */
export async function load(server: Child, token: string, seconds: number): Promise<LoadResult> {
  const cpuBefore = await server.ask('cpuMicros')
  const result = await autocannon({
    url: `${server.url}/orders`,
    headers: { authorization: `Bearer ${token}` },
    connections,
    duration: seconds,
  })
  const cpuMicros = (await server.ask('cpuMicros')) - cpuBefore
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${server.url}: ${result.non2xx} answers were no 200, ${result.errors} requests failed`)
  }
  return { requestsPerSecond: result['2xx'] / result.duration, cpuMicros: cpuMicros / result['2xx'] }
}
