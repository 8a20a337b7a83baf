import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request, type RequestOptions } from 'node:https'
import type { Http2ServerRequest } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import type { ConnectionOptions, SecureVersion, TLSSocket } from 'node:tls'
import { fromNodeRequest } from '@bailiwick/protocol'
import type { MtlsOptions } from '../src/mtls-options.js'
import { type ClientCertificate, createClientCertificate } from './client-certificates.js'
import { outcome } from './verdict.js'
import { claims, createVerifier, key } from './verifier-fixture.js'

export const john = await createClientCertificate('john')
export const mallory = await createClientCertificate('mallory')
const serverCertificate = await createClientCertificate('localhost')

/** A token that is bound to the certificate of john. */
const token = await key.sign({ ...claims, cnf: { 'x5t#S256': john.thumbprint } })

/** What comes of john's token in a request that Node has received. */
export function createPresentation(mtls: MtlsOptions): (request: IncomingMessage | Http2ServerRequest) => Promise<string> {
  const verifier = createVerifier({ senderConstraint: { mtls } })
  return (received) => outcome(verifier.verify(token, { scheme: 'Bearer', request: fromNodeRequest(received) }))
}

/** The TLS options of a server that asks for certificates and takes any. */
export function tlsOptions(version?: SecureVersion) {
  const { certificatePem: cert, keyPem } = serverCertificate
  return { cert, key: keyPem, requestCert: true, rejectUnauthorized: false, ...(version && { minVersion: version, maxVersion: version }) }
}

/** A request; `session` is the TLS session to resume. */
type ClientOptions = RequestOptions & Pick<ConnectionOptions, 'session'>

/** A server that answers with what comes of john's token, and with whether the TLS session was resumed. */
export async function startTlsApi(version: SecureVersion) {
  const present = createPresentation({ from: 'connection' })
  const server = createServer(tlsOptions(version), (received: IncomingMessage, response: ServerResponse) => {
    void present(received).then((text) => response.end(`${(received.socket as TLSSocket).isSessionReused() ? 'resumed: ' : ''}${text}`))
  })
  const port = await listen(server)
  return { server, get: (options: ClientOptions) => get({ host: '127.0.0.1', port, ...options }) }
}

/** On loopback; resolves with the port. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** How a client presents its certificate. */
export function presenting({ certificatePem, keyPem }: ClientCertificate) {
  return { cert: certificatePem, key: keyPem }
}

/** Sends a request on a connection of its own, and gives the answer with the last TLS session that the server handed out. */
function get(options: ClientOptions): Promise<{ text: string; session: Buffer | undefined }> {
  return new Promise((resolve, reject) => {
    let session: Buffer | undefined
    const sent = request({ agent: false, rejectUnauthorized: false, ...options }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ text, session }))
    })
    sent.on('socket', (socket) => socket.on('session', (ticket: Buffer) => (session = ticket)))
    sent.on('error', reject).end()
  })
}
