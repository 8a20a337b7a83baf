import type { TLSSocket } from 'node:tls'
import type { HttpsOptions } from '../../https-options.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { ClientCertificate } from '../certificates/client-certificate.js'
import { createServerCertificate } from '../certificates/server-certificate.js'
import type { ServerCertificate } from '../certificates/server-certificate.js'

/** What a socket needs to speak TLS. */
export interface ListenerTls {
  /** The options of `createServer` of node:https. */
  readonly server: {
    readonly key: string
    readonly cert: string
    readonly requestCert: boolean
    readonly rejectUnauthorized: false
    readonly ca?: string | string[]
  }
  /** What clients need to trust, in PEM. */
  readonly certificate: string
}

/** Reads the option `https` of `listen`, each time. */
export type ReadListenerTls = (https: boolean | HttpsOptions, host: string) => Promise<ListenerTls | undefined>

/**
 * Creates the reader of one listener. A certificate that it makes is the same for the same host, so that an issuer that comes back is
 * still trusted.
 */
export function createListenerTls(): ReadListenerTls {
  const made = new Map<string, Promise<ServerCertificate>>()

  async function serverCertificate({ key, cert }: HttpsOptions, host: string): Promise<ServerCertificate> {
    if (key !== undefined && cert !== undefined) return { key, cert, authority: cert }
    if (key !== undefined || cert !== undefined) throw invalid('must have both key and cert, or neither for ones that are made')
    const known = made.get(host) ?? createServerCertificate(host)
    made.set(host, known)
    return known
  }

  return async (https, host) => {
    if (https === false) return undefined
    const options = https === true ? {} : https
    const { requestClientCertificate = false, ca } = options
    if (ca !== undefined && !requestClientCertificate) throw invalid('has a ca, and no requestClientCertificate: true to use it for')
    const { key, cert, authority } = await serverCertificate(options, host)
    const authorities = ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }
    await checkUsable({ key, cert, ...authorities })
    // Whoever has no certificate of these authorities gets in all the same: what it is good for, the endpoints decide.
    const server = { key, cert, requestCert: requestClientCertificate, rejectUnauthorized: false, ...authorities } as const
    return { server, certificate: authority }
  }
}

async function checkUsable(context: Pick<ListenerTls['server'], 'key' | 'cert' | 'ca'>): Promise<void> {
  const { createSecureContext } = await import('node:tls')
  try {
    createSecureContext(context)
  } catch (cause) {
    throw new MockIssuerError(
      'invalid_option',
      'The option "https" of listen() must have key, cert and ca in PEM, and a key for its cert.',
      { cause },
    )
  }
}

/** The certificate that the client of a connection presented and proved to have the key of. */
export function connectionCertificate(socket: object): ClientCertificate | undefined {
  if (!isTlsSocket(socket)) return undefined
  const { raw } = socket.getPeerCertificate()
  // Without a certificate Node gives an empty object.
  return (raw as Buffer | undefined) && { der: new Uint8Array(raw), chainTrusted: socket.authorized }
}

function isTlsSocket(socket: object): socket is TLSSocket {
  return 'getPeerCertificate' in socket
}

function invalid(problem: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `The option "https" of listen() ${problem}.`)
}
