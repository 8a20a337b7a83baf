import type { Attacker } from '../../attacker.js'
import { createAttacker } from '../../attacker.js'

/** The attacker on a socket: serves keys and certificates below any path, and remembers who asked. */
export interface AttackerServer {
  readonly attacker: Attacker
  /** Whether anything below this path was asked for. */
  wasAsked(path: string): boolean
  close(): Promise<void>
}

/** An attacker whom nobody can reach, for an API without a socket. */
export function attackerWithoutServer(): AttackerServer {
  return { attacker: createAttacker(), wasAsked: () => false, close: async () => {} }
}

/** Starts the attacker on a free port of this machine. */
export async function startAttackerServer(): Promise<AttackerServer> {
  const { createServer } = await import('node:http')
  const asked = new Set<string>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.add(path.split('/')[1] ?? '')
    const isCertificates = path.endsWith('.pem')
    const body = isCertificates ? attacker.certificates() : attacker.jwks().then((jwks) => JSON.stringify(jwks))
    response.setHeader('content-type', isCertificates ? 'application/x-pem-file' : 'application/jwk-set+json')
    body.then(
      (text) => response.end(text),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const attacker = createAttacker({ url: `http://127.0.0.1:${port}` })
  return {
    attacker,
    wasAsked: (path) => asked.has(path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
