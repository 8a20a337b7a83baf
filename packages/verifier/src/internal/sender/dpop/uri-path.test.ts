import { describe, expect, it } from 'vitest'
import { normalisePath } from './uri-path.js'

describe('normalisePath', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['/orders', '/orders'],
    ['/orders/', '/orders/'],
    ['/%6frders/%7Ejohn', '/orders/~john'],
    ['/a%2fb', '/a%2Fb'],
    ['/a%3ab%C3%a9', '/a%3Ab%C3%A9'],
    ['/%2E%2e/a', '/a'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/b/c/./../../g', '/a/g'],
    ['/../../a', '/a'],
    ['/a/..', '/'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/..', '/'],
    ['/..//a', '//a'],
    ['/a//../b', '/a/b'],
    ['/.../..a/.b', '/.../..a/.b'],
    ['/a/.b/.', '/a/.b/'],
    ['/a/.b/..', '/a/'],
    ['//evil.example/orders', '//evil.example/orders'],
    ['/a;v=1/b,c=2', '/a;v=1/b,c=2'],
    ['/a|b^c`{d}', '/a|b^c`{d}'],
  ])('makes %j %j', (path, expected) => {
    expect(normalisePath(path)).toBe(expected)
  })

  it.each(['orders', '*', '/a\\b', '\\a', '/a b', '/a\tb', '/a\0', '/é', '/100%', '/%4', '/%zz', '/%%34%31', '/%u0041', '/\u017f'])(
    'does not take %j for a path',
    (path) => {
      expect(normalisePath(path)).toBe(undefined)
    },
  )

  it.each([
    ['/a/b', '/a//b'],
    ['/a/b', '/a%2Fb'],
    ['/a', '/a/'],
    ['/a', '/A'],
    ['/a', '/a%20'],
    ['/a', '/a%00'],
    ['/a', '/%2561'],
    ['/a?b', '/a%3Fb'],
    ['/a', '/a;b'],
    ['/a+b', '/a%20b'],
    ['/é', '/%E9'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(normalisePath(one)).not.toBe(normalisePath(other))
  })
})
