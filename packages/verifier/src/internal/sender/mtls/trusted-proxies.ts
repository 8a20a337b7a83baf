import { ConfigurationError, type ConnectedPeer } from '@bailiwick/protocol'
import ipaddr from 'ipaddr.js'
import { AccessTokenError } from '../../../access-token-error.js'
import type { TrustedProxies } from '../../../mtls-options.js'
import { quote } from '../../quote.js'

/** @throws {AccessTokenError} `certificate_missing`, unless the header of this peer is trusted */
export type ProxyTrust = (peer: ConnectedPeer | undefined, field: string) => void

/** Cached trusted addresses: parsing an address takes longer than verifying a signature, and proxies are few. */
const maxKnown = 1000

/** The first IPv4-mapped address. The mapped addresses have 96 bits in common: a block with all of them would trust every IPv4 client. */
const firstMapped = ipaddr.IPv6.parse('::ffff:0:0')

type Block = readonly [network: ipaddr.IPv6, prefixLength: number]

/**
 * The peers whose forwarded certificates are trusted. IPv4 addresses are compared as IPv4-mapped IPv6 addresses: a server that
 * listens on both sees an IPv4 client as `::ffff:10.0.0.1`.
 *
 * @throws {ConfigurationError} for a list that is empty or holds anything but addresses and CIDR blocks
 * @see {@link https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 RFC 4291 §2.5.5.2}
 */
export function createProxyTrust(trustedProxies: TrustedProxies): ProxyTrust {
  if (trustedProxies === 'any') return () => {}
  if (!Array.isArray(trustedProxies) || trustedProxies.length === 0) {
    throw new ConfigurationError(
      "senderConstraint.mtls.trustedProxies must list the addresses of the proxies, or be 'any' if nobody else can connect",
    )
  }
  const blocks = trustedProxies.map(parseBlock)
  const known = new Set<string>()

  return (peer, field) => {
    const address = peer?.address
    if (address === undefined) {
      throw untrusted(
        `${field} is ignored, since it is not known who is connected: pass a request with peer, or let trustedProxies be 'any' if nobody but the proxy can connect`,
      )
    }
    if (known.has(address)) return
    if (!isWithinAny(address, blocks)) throw untrusted(`${field} is ignored, since ${quote(address)} is none of trustedProxies`)
    if (known.size === maxKnown) known.clear()
    known.add(address)
  }
}

function isWithinAny(text: string, blocks: readonly Block[]): boolean {
  const address = parseAddress(text)
  return address !== undefined && blocks.some(([network, prefixLength]) => address.match(network, prefixLength))
}

function parseBlock(text: unknown): Block {
  const fault = (fix: string) => new ConfigurationError(`senderConstraint.mtls.trustedProxies: ${quote(text)} ${fix}`)
  const [base = '', digits, ...rest] = typeof text === 'string' ? text.split('/') : []
  // A zone is local to one machine, and not every platform reports it.
  const network = base.includes('%') ? undefined : parseAddress(base)
  if (network === undefined || rest.length > 0) throw fault('is not an IP address or CIDR block, such as 10.0.0.7 or 10.0.0.0/8')
  if (digits === undefined) return [network, 128]
  const bits = base.includes(':') ? 128 : 32
  if (!/^(0|[1-9]\d{0,2})$/.test(digits) || Number(digits) > bits) throw fault(`must have a prefix length from 1 to ${bits}`)
  const prefixLength = Number(digits) + 128 - bits
  if (prefixLength <= 96 && firstMapped.match(network, prefixLength))
    throw fault("is everybody: write 'any' if nobody but a proxy can connect")
  if (!isNetwork(network, prefixLength)) throw fault('has bits beyond its prefix: write the first address of the block')
  return [network, prefixLength]
}

/** Parses to IPv6. Octal, hexadecimal and shortened forms, which some systems accept as IPv4, are refused. */
function parseAddress(text: string): ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toIPv4MappedAddress()
  // ipaddr.js takes `::10.0.0.7`, a deprecated IPv4-compatible address, for the mapped `::ffff:10.0.0.7`, which is another
  // machine.
  if (!text.includes(':') || /^::\d+\./.test(text)) return undefined
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined
}

function isNetwork(address: ipaddr.IPv6, prefixLength: number): boolean {
  return address.toByteArray().every((byte, at) => {
    const free = Math.min(Math.max(8 * (at + 1) - prefixLength, 0), 8)
    return (byte & (2 ** free - 1)) === 0
  })
}

function untrusted(detail: string): AccessTokenError {
  return new AccessTokenError('certificate_missing', { detail })
}
