/**
 * Whether a host is this machine and no other, as a URL or a command line names it: `localhost` and the names below it (RFC 6761 §6.3), or an
 * address of the loopback. That a name begins like such an address is not enough: `127.example.com` is anywhere.
 */
export function isLoopbackHost(host: string): boolean {
  return /^(?:.+\.)?localhost$/i.test(host) || isLoopbackAddress(host.replace(/^\[(.*)\]$/, '$1'))
}

/** Whether an address is of the loopback. IPv4 over a socket of IPv6 has a prefix. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address)
}
