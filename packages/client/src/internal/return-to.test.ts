import { describe, expect, test } from 'vitest'
import { parseReturnTo } from './return-to.js'

describe('a path on this origin', () => {
  test.each([
    ['/', '/'],
    ['/orders', '/orders'],
    ['/orders?page=2&sort=-date#row-7', '/orders?page=2&sort=-date#row-7'],
    ['/a/./b/../c', '/a/c'],
    ['/a//b', '/a//b'],
    ['/my%20orders', '/my%20orders'],
    ['/my orders', '/my%20orders'],
    ['/files/a%2Fb', '/files/a%2Fb'],
    ['/100%25', '/100%25'],
    ['/%2525252525', '/%2525252525'],
    ['/50%25%20off', '/50%25%20off'],
    ['/.well-known/it', '/.well-known/it'],
    ['/À', '/%C3%80'],
    ['/100%', '/100%'],
    ['/bücher?für=john', '/b%C3%BCcher?f%C3%BCr=john'],
    ['/b%C3%BCcher', '/b%C3%BCcher'],
    ['/%D0%9F%D1%80', '/%D0%9F%D1%80'],
    ['/%E0%A4%A8', '/%E0%A4%A8'],
    ['/%E1%88%80', '/%E1%88%80'],
    ['/what%3Fand%23what', '/what%3Fand%23what'],
    ['/search?next=https%3A%2F%2Fexample.com%2F', '/search?next=https%3A%2F%2Fexample.com%2F'],
    ['/search?text=%u002F', '/search?text=%u002F'],
    ['/search?text=one%0D%0Atwo', '/search?text=one%0D%0Atwo'],
    ['/@example.org', '/@example.org'],
    ['/javascript:alert(1)', '/javascript:alert(1)'],
  ])('%j is taken as %j', (text, path) => {
    expect(parseReturnTo(text)).toBe(path)
  })
})

describe('a way to another origin', () => {
  test.each([
    ['nothing', ''],
    ['a relative path', 'orders'],
    ['a query', '?page=2'],
    ['an absolute URL', 'https://evil.example.org/'],
    ['a scheme that runs', 'javascript:alert(1)'],
    ['a space before a URL', ' https://evil.example.org/'],
    ['two slashes', '//evil.example.org/'],
    ['three slashes', '///evil.example.org/'],
    ['a backslash for a slash', '/\\evil.example.org/'],
    ['two backslashes', '\\\\evil.example.org/'],
    ['a backslash later on', '/a/..\\\\evil.example.org'],
    ['a tab that browsers leave out', '/\t/evil.example.org'],
    ['a line feed that browsers leave out', '/\n/evil.example.org'],
    ['a return that browsers leave out', '\r//evil.example.org'],
    ['a NUL', '/\u0000/evil.example.org'],
    ['a DEL', '/\u007f/evil.example.org'],
    ['a header of the attacker', '/orders\r\nSet-Cookie: a=b'],
    ['a control character in the query', '/orders?a=\u0001'],
    ['an encoded slash', '/%2Fevil.example.org'],
    ['an encoded slash in lower case', '/%2fevil.example.org'],
    ['an encoded backslash', '/%5Cevil.example.org'],
    ['an encoded tab', '/%09/evil.example.org'],
    ['an encoded line break', '/orders%0D%0ASet-Cookie:%20a=b'],
    ['an encoded NUL', '/orders%00'],
    ['a slash that is encoded twice', '/%252Fevil.example.org'],
    ['a slash that is encoded three times', '/%25252Fevil.example.org'],
    ['a slash that is encoded more often than anybody needs', '/%25252525252Fevil.example.org'],
    ['digits of an encoded slash that are encoded themselves', '/%25%32%46evil.example.org'],
    ['dot segments that are encoded twice, behind a segment', '/a/%252e%252e/%252Fevil.example.org'],
    ['a slash as old scripts encode it', '/%u002Fevil.example.org'],
    ['the same, encoded once more', '/%25U002Fevil.example.org'],
    ['an overlong slash', '/%C0%AFevil.example.org'],
    ['a slash beside a byte that is no UTF-8', '/%2F%FFevil.example.org'],
    ['a dot segment before two slashes', '/.//evil.example.org'],
    ['a parent segment before two slashes', '/a/..//evil.example.org'],
    ['encoded dot segments', '/%2e%2e//evil.example.org'],
    ['an encoded slash behind a dot segment', '/./%2Fevil.example.org'],
    ['dots and a slash that are encoded twice', '/%252e/%252Fevil.example.org'],
    ['a path that is too long', `/${'a'.repeat(2048)}`],
  ])('%s is refused: %j', (_what, text) => {
    expect(parseReturnTo(text)).toBeUndefined()
  })

  test('no combination of the characters of attacks leaves the origin, decoded or not', () => {
    const parts = ['/', '\\', '.', '%2f', '%5c', '%2e', '%252f', '%09', '\t', 'evil.example.org', '?', '#', '@', ':']
    let texts = ['/']
    for (let length = 0; length < 4; length++) texts = texts.flatMap((text) => parts.map((part) => text + part))
    const base = 'https://app.example.com/callback'
    const taken = texts.flatMap((text) => parseReturnTo(text) ?? [])
    const pathOf = (text: string) => text.split(/[?#]/, 1)[0] ?? ''
    const escapes = taken.filter((path) =>
      [path, decodeURIComponent(pathOf(path)), decodeURIComponent(decodeURIComponent(pathOf(path)))].some(
        (each) =>
          new URL(each, base).origin !== 'https://app.example.com' ||
          new URL(new URL(each, base).pathname, base).host !== 'app.example.com',
      ),
    )
    expect(texts.length).toBe(parts.length ** 4)
    expect(taken.length).toBeGreaterThan(100)
    expect(escapes).toEqual([])
  })
})

test.each([undefined, null, 7, ['/orders'], { length: 1 }])('is no path: %j', (value) => {
  expect(parseReturnTo(value as string)).toBe(undefined)
})
