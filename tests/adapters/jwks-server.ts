import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a JWKS endpoint answers; `serveGood` answers as it should. */
export type JwksAnswer = (response: ServerResponse, serveGood: () => void) => void

/** A JWKS endpoint on a socket that does what it is told, and an attacker's URL beside it, which nobody should ever ask for. */
export interface JwksServer {
  readonly jwksUri: string
  /** On the same socket: what `jku` and `x5u` of a forged token point to. */
  readonly attackerUri: string
  /** Replaces the answer; `undefined` for the good one. */
  answer: JwksAnswer | undefined
  /** The paths that were asked for. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export async function startJwksServer(document: () => Promise<unknown>): Promise<JwksServer> {
  const requests: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.url ?? '')
    const serveGood = () => {
      void document().then((jwks) => response.setHeader('content-type', 'application/jwk-set+json').end(JSON.stringify(jwks)))
    }
    if (jwksServer.answer === undefined || request.url !== '/jwks') serveGood()
    else jwksServer.answer(response, serveGood)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const jwksServer: JwksServer = {
    jwksUri: `${origin}/jwks`,
    attackerUri: `${origin}/attacker`,
    answer: undefined,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return jwksServer
}
