import { isLoopbackHost } from '../loopback.js'
import type { ClientRegistry } from './client-registry.js'

/**
 * Whether a browser may be sent to a registered URI of a client without anybody having been asked. Where anyone can register a client, anyone
 * can register a URI, and the issuer would be an open redirector: such a URI is good for that on this machine alone.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 */
export function isTrustedRedirect(uri: string, clientId: string, registry: Pick<ClientRegistry, 'find'>): boolean {
  if (registry.find(clientId)?.isOpen !== true) return true
  const { protocol, hostname } = new URL(uri)
  return protocol === 'http:' && isLoopbackHost(hostname)
}
