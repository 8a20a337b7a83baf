import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SelfSignedCertificate } from './self-signed-certificate.js'

/** A server on a free port of this machine. */
export interface LoopbackServer {
  readonly url: string
  close(): Promise<void>
}

/** Begins to listen: over `https` with a certificate, where clients may present theirs, and else over `http`. */
export async function listenOnLoopback(listener: RequestListener, certificate?: SelfSignedCertificate): Promise<LoopbackServer> {
  const server = certificate === undefined ? createHttpServer(listener) : createHttpsServer(tlsOptions(certificate), listener)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Asks for a certificate, does without one, and does not ask who vouches for it. */
function tlsOptions({ certificatePem, privateKeyPem }: SelfSignedCertificate) {
  return { cert: certificatePem, key: privateKeyPem, requestCert: true, rejectUnauthorized: false }
}
