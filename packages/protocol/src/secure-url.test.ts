import { describe, expect, it } from 'vitest'
import { parseSecureUrl } from './secure-url.js'

describe('parseSecureUrl', () => {
  it.each([
    'https://login.example.com',
    'https://login.example.com:8443/tenant?x=1#y',
    'HTTPS://LOGIN.EXAMPLE.COM/',
    'http://localhost',
    'http://LOCALHOST:3000/a',
    'http://127.0.0.1:3000',
    'http://127.255.255.254',
    'http://127.1',
    'http://[::1]:3000',
    'http://[0:0:0:0:0:0:0:1]',
  ])('accepts %s', (text) => {
    expect(parseSecureUrl(text)?.href).toBe(new URL(text).href)
  })

  it.each([
    ['plain http', 'http://login.example.com'],
    ['a name that starts like loopback', 'http://localhost.evil.example'],
    ['an address that goes on as a name', 'http://127.0.0.1.evil.example'],
    ['a name below localhost', 'http://api.localhost'],
    ['localhost with a dot at its end', 'http://localhost.'],
    ['all interfaces', 'http://0.0.0.0'],
    ['an IPv4-mapped loopback', 'http://[::ffff:127.0.0.1]'],
    ['the neighbour of loopback', 'http://128.0.0.1'],
    ['loopback as the user', 'http://localhost@evil.example'],
    ['loopback as user and password', 'http://127.0.0.1:80@evil.example'],
    ['user information', 'https://john@example.com'],
    ['a password', 'https://:secret@example.com'],
    ['a backslash that some take for a slash', 'https://evil.example\\@login.example.com'],
    ['backslashes for slashes', 'https:\\\\login.example.com'],
    ['no slashes', 'https:login.example.com'],
    ['one slash', 'https:/login.example.com'],
    ['three slashes', 'https:///login.example.com'],
    ['a space before', ' https://login.example.com'],
    ['a newline within', 'https://login.exa\nmple.com'],
    ['a tab within', 'https://login.example.com/\tjwks'],
    ['a letter that looks like another', 'https://lоgin.example.com'],
    ['full-width letters that normalise to localhost', 'http://ｌocalhost'],
    ['no host', 'https://'],
    ['no URL', 'login.example.com'],
    ['another scheme', 'javascript:alert(1)//https://'],
    ['a file', 'file:///etc/passwd'],
    ['ftp', 'ftp://localhost'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseSecureUrl(text)).toBe(undefined)
  })
})
