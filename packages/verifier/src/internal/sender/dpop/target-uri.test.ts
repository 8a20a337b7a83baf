import { describe, expect, it } from 'vitest'
import { parseTargetUri } from './target-uri.js'

describe('parseTargetUri', () => {
  it.each([
    ['https://api.example.com/orders', 'https://api.example.com', '/orders'],
    ['HTTPS://API.Example.COM/orders', 'https://api.example.com', '/orders'],
    ['https://api.example.com:443/orders', 'https://api.example.com', '/orders'],
    ['https://api.example.com:/orders', 'https://api.example.com', '/orders'],
    ['http://api.example.com:80/', 'http://api.example.com', '/'],
    ['https://api.example.com:80/', 'https://api.example.com:80', '/'],
    ['https://api.example.com:0443/', 'https://api.example.com:0443', '/'],
    ['https://api.example.com', 'https://api.example.com', '/'],
    ['https://api.example.com?a=/b', 'https://api.example.com', '/'],
    ['https://api.example.com#a', 'https://api.example.com', '/'],
    ['https://api.example.com/orders?a=b#c', 'https://api.example.com', '/orders'],
    ['https://api.example.com/a/%2e%2E/%6frders', 'https://api.example.com', '/orders'],
    ['https://[::1]:8443/orders', 'https://[::1]:8443', '/orders'],
    ['https://api.example.com./orders', 'https://api.example.com.', '/orders'],
    ['https://0x7f.1/', 'https://0x7f.1', '/'],
  ])('reads %j', (text, origin, path) => {
    expect(parseTargetUri(text)).toEqual({ origin, path })
  })

  it.each([
    '',
    '/orders',
    '//api.example.com/orders',
    'api.example.com/orders',
    'https:/api.example.com/orders',
    'https:api.example.com/orders',
    'https:///orders',
    'https:\\\\api.example.com\\orders',
    'https://api.example.com\\@evil.example/orders',
    'https://api.example.com\\orders',
    'https://john@api.example.com/orders',
    'https://evil.example@api.example.com/orders',
    'https://api.example.com@evil.example/orders',
    'https://api.example.com:443:443/',
    'https://api.example.com:x/',
    ' https://api.example.com/',
    'https://api.example.com/\n',
    'https://api.exa\tmple.com/',
    'https://api%2Eexample.com/',
    'https://ａpi.example.com/',
    'ftp://api.example.com/',
    'wss://api.example.com/',
    'javascript://api.example.com/',
    'blob:https://api.example.com/',
  ])('does not take %j for one', (text) => {
    expect(parseTargetUri(text)).toBe(undefined)
  })
})
