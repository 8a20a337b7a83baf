import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { createProxyTrust } from './trusted-proxies.js'

function believed(trustedProxies: readonly string[] | 'any', address: string | undefined): string {
  const requireTrust = createProxyTrust(trustedProxies)
  return verdict(() => requireTrust({ address, certificate: undefined }, 'Client-Cert'))
}

describe('createProxyTrust', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7'],
    ['10.0.0.7', '::ffff:10.0.0.7'],
    ['10.0.0.7', '::ffff:a00:7'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['10.0.0.0/8', '10.255.255.255'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['::ffff:10.0.0.0/104', '10.1.2.3'],
    ['0.0.0.0/1', '10.1.2.3'],
    ['8000::/1', '8000::1'],
    ['::/96', '::1'],
    ['192.168.5.128/25', '192.168.5.200'],
    ['10.0.0.4/31', '10.0.0.5'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['2001:db8::/32', '2001:DB8:ffff::1'],
    ['fe80::/10', 'fe80::1%eth0'],
  ])('with %s believes %s', (trusted, address) => {
    expect(believed(['203.0.113.1', trusted], address)).toBe('accepted')
  })

  it.each([
    ['10.0.0.7', '10.0.0.8'],
    ['10.0.0.0/8', '11.0.0.0'],
    ['10.0.0.0/8', '9.255.255.255'],
    ['192.168.5.128/25', '192.168.5.127'],
    ['10.0.0.4/31', '10.0.0.6'],
    ['127.0.0.1', '::1'],
    ['::1', '127.0.0.1'],
    ['2001:db8::/32', '2001:db9::1'],
    // An IPv4 address in an IPv6 one that is not mapped is another machine's.
    ['10.0.0.7', '::10.0.0.7'],
    ['10.0.0.7', '::a00:7'],
    ['10.0.0.7', '::ffff:0:10.0.0.7'],
    ['10.0.0.7', '64:ff9b::10.0.0.7'],
    ['10.0.0.7', '10.0.0.7, 10.0.0.8'],
    ['10.0.0.7', '10.0.0.07'],
    ['10.0.0.7', '0x0a.0.0.7'],
    ['10.0.0.7', '167772167'],
    ['10.0.0.7', ' 10.0.0.7'],
    ['10.0.0.7', '10.0.0.7:443'],
    ['10.0.0.7', ''],
    ['10.0.0.7', 'localhost'],
    ['::1', '[::1]'],
  ])('with %s does not believe %s', (trusted, address) => {
    expect(believed([trusted], address)).toBe('certificate_missing')
  })

  it('believes nobody whose address is not known', () => {
    const requireTrust = createProxyTrust(['10.0.0.7'])
    expect(believed(['10.0.0.7'], undefined)).toBe('certificate_missing')
    expect(() => requireTrust(undefined, 'Client-Cert')).toThrow(/Client-Cert is ignored.*let trustedProxies be 'any' if nobody but/)
  })

  it('says whom it does not believe', () => {
    const requireTrust = createProxyTrust(['10.0.0.7'])
    expect(() => requireTrust({ address: '10.0.0.8', certificate: undefined }, 'Client-Cert')).toThrow(
      'Client-Cert is ignored, since "10.0.0.8" is none of trustedProxies',
    )
  })

  it('believes anybody if told so in words', () => {
    const requireTrust = createProxyTrust('any')
    expect(believed('any', '203.0.113.9')).toBe('accepted')
    expect(verdict(() => requireTrust(undefined, 'Client-Cert'))).toBe('accepted')
  })

  it('tells proxies from others again and again, however many there are', () => {
    const requireTrust = createProxyTrust(['10.0.0.0/8'])
    const verdictOn = (address: string) => verdict(() => requireTrust({ address, certificate: undefined }, 'Client-Cert'))
    for (let at = 0; at < 2500; at++) {
      const end = `0.${at >> 8}.${at & 255}`
      expect([verdictOn(`10.${end}`), verdictOn(`10.${end}`)]).toEqual(['accepted', 'accepted'])
      expect([verdictOn(`11.${end}`), verdictOn(`11.${end}`)]).toEqual(['certificate_missing', 'certificate_missing'])
    }
  })

  it('keeps the list as it was', () => {
    const list = ['10.0.0.7']
    const requireTrust = createProxyTrust(list)
    list.push('10.0.0.8')
    expect(verdict(() => requireTrust({ address: '10.0.0.8', certificate: undefined }, 'Client-Cert'))).toBe('certificate_missing')
  })

  it.each([
    ['localhost', 'is not an IP address or CIDR block'],
    ['', 'is not an IP address or CIDR block'],
    ['10.0.0', 'is not an IP address or CIDR block'],
    ['10', 'is not an IP address or CIDR block'],
    ['010.0.0.1', 'is not an IP address or CIDR block'],
    ['10.0.0.256', 'is not an IP address or CIDR block'],
    ['10.0.0.1 ', 'is not an IP address or CIDR block'],
    ['10.0.0.1:80', 'is not an IP address or CIDR block'],
    ['10.0.0.*', 'is not an IP address or CIDR block'],
    ['10.0.0.1-10.0.0.9', 'is not an IP address or CIDR block'],
    ['10.0.0.0/8/8', 'is not an IP address or CIDR block'],
    ['fe80::1%eth0', 'is not an IP address or CIDR block'],
    ['fe80::%eth0/10', 'is not an IP address or CIDR block'],
    ['::10.0.0.7', 'is not an IP address or CIDR block'],
    ['[::1]', 'is not an IP address or CIDR block'],
    ['::1::', 'is not an IP address or CIDR block'],
    ['any', 'is not an IP address or CIDR block'],
    ['10.0.0.0/33', 'must have a prefix length from 1 to 32'],
    ['10.0.0.0/255.0.0.0', 'must have a prefix length from 1 to 32'],
    ['10.0.0.0/', 'must have a prefix length from 1 to 32'],
    ['10.0.0.0/08', 'must have a prefix length from 1 to 32'],
    ['10.0.0.0/-1', 'must have a prefix length from 1 to 32'],
    ['2001:db8::/129', 'must have a prefix length from 1 to 128'],
    ['0.0.0.0/0', "is everybody: write 'any'"],
    ['::/0', "is everybody: write 'any'"],
    // All of IPv4, in the form of IPv6.
    ['::ffff:0:0/96', "is everybody: write 'any'"],
    ['::ffff:0.0.0.0/96', "is everybody: write 'any'"],
    ['::/64', "is everybody: write 'any'"],
    ['::/1', "is everybody: write 'any'"],
    ['10.0.0.1/8', 'has bits beyond its prefix'],
    ['10.0.0.128/24', 'has bits beyond its prefix'],
    ['10.0.0.5/31', 'has bits beyond its prefix'],
    ['2001:db8::1/32', 'has bits beyond its prefix'],
  ])('refuses %j in the list: it %s', (entry, reason) => {
    const create = () => createProxyTrust(['10.0.0.7', entry])
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(`senderConstraint.mtls.trustedProxies: ${JSON.stringify(entry)} ${reason}`)
  })

  it.each([[undefined], [null], [[]], [''], ['10.0.0.7'], [{}], [true]])('refuses %j in place of a list', (list) => {
    expect(() => createProxyTrust(list as 'any')).toThrow(/^senderConstraint.mtls.trustedProxies must list the addresses/)
  })

  it('refuses what is no text in the list', () => {
    expect(() => createProxyTrust([7 as unknown as string])).toThrow('senderConstraint.mtls.trustedProxies: 7 is not an IP address')
  })
})
