import { describe, expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { readRequestPath } from './request-path.js'

const noPath = 'the URL of the request has no path that a proof can be for'

describe('readRequestPath', () => {
  it.each([
    ['/orders', '/orders'],
    ['/orders?a=/b/../c', '/orders'],
    ['/orders?a=%2e%2e#b', '/orders'],
    ['/', '/'],
    ['/?a', '/'],
    ['//evil.example/orders', '//evil.example/orders'],
    ['///orders', '///orders'],
    ['/orders/', '/orders/'],
    ['/orders;v=1', '/orders;v=1'],
    ['/..;/orders', '/..;/orders'],
    ['/.../..a/.b', '/.../..a/.b'],
    ['/Orders', '/Orders'],
    ['/a%2fb%C3%a9', '/a%2Fb%C3%A9'],
    ['/%252e%252e/orders', '/%252e%252e/orders'],
    ['/http://evil.example/orders', '/http://evil.example/orders'],
    ['https://api.example.com/orders?a', '/orders'],
    ['http://evil.example:8080/orders', '/orders'],
    ['https://[::1]:8443/orders', '/orders'],
    ['https://api.example.com//orders', '//orders'],
  ])('of %j is %j', (url, path) => {
    expect(readRequestPath(url)).toBe(path)
  })

  it.each([
    '',
    '*',
    '?a',
    'orders',
    'example.com:443',
    '\\\\evil.example/orders',
    '/\\evil.example/orders',
    'https://api.example.com\\orders',
    'https://evil.example\\@api.example.com/orders',
    'https:///orders',
    'https:/orders',
    'ftp://api.example.com/orders',
    'file:///orders',
    '/orders\0',
    '/orders ',
    '/100%',
    '/orders#a',
    '/#/orders',
    'https://api.example.com/orders#a',
  ])('is not to be had from %j', (url) => {
    expect(() => readRequestPath(url)).toThrow(noPath)
    expect(verdict(() => readRequestPath(url))).toBe('dpop_proof_invalid')
  })

  it.each([
    // Express finds the path `/:80x/orders` in it, and `/:b/orders` in the next one.
    'http://api.example.com:80x/orders',
    'http://a:b:80/orders',
    'http://api.example.com;x/orders',
    "http://api.example.com'/orders",
    'http://api%2f/orders',
    'http://john@api.example.com/orders',
    // Some routers look for the first slash behind the scheme.
    'http://api.example.com?x=/orders',
    'https://api.example.com',
    'HTTP://api.example.com/orders',
  ])('is not to be had from %j, in which parsers of URLs find different paths', (url) => {
    expect(() => readRequestPath(url)).toThrow(noPath)
  })

  it.each([
    '/admin/../orders',
    '/admin/%2e%2e/orders',
    '/admin/%2E%2e/orders',
    '/admin/.%2E/orders',
    '/admin/%2e./orders',
    '/./orders',
    '/%2e/orders',
    '/orders/.',
    '/orders/..',
    '/orders/%2E%2E',
    '/../orders',
    '/..',
    '/.',
    '/..?a',
    '//../orders',
    'https://api.example.com/admin/../orders',
    'https://api.example.com/..?a',
  ])('has no dot segments, as %j has', (url) => {
    expect(() => readRequestPath(url)).toThrow('the path of the request has a dot segment')
    expect(verdict(() => readRequestPath(url))).toBe('dpop_proof_invalid')
  })

  it.each(['/%6Frders', '/%6frders', '/orders/%7Ejohn', '/orders%2Ejson', '/%31', '/a/%2D', 'https://api.example.com/%5f'])(
    'encodes no character that stands for itself, as %j does',
    (url) => {
      expect(() => readRequestPath(url)).toThrow('the path of the request encodes a letter, a digit or one of "-._~"')
      expect(verdict(() => readRequestPath(url))).toBe('dpop_proof_invalid')
    },
  )
})
