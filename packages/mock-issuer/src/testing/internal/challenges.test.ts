import { expect, test } from 'vitest'
import { parseChallenges } from './challenges.js'

function read(field: string): unknown {
  const parsed = parseChallenges(field)
  return 'fault' in parsed ? parsed.fault : parsed.challenges.map(({ scheme, params }) => [scheme, Object.fromEntries(params)])
}

test.each([
  ['a scheme alone', 'Bearer', [['bearer', {}]]],
  [
    'the example of RFC 9110',
    'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
    [
      ['basic', { realm: 'simple' }],
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
    ],
  ],
  ['empty elements', ', ,Bearer a=b ,, c="d" ,', [['bearer', { a: 'b', c: 'd' }]]],
  ['spaces around the equals sign', 'Bearer a \t=  "b"', [['bearer', { a: 'b' }]]],
  ['names in any case', 'BEARER Error=x', [['bearer', { error: 'x' }]]],
  ['a scheme in a quoted value', 'Bearer a="x, Basic y=z"', [['bearer', { a: 'x, Basic y=z' }]]],
  [
    'a token68',
    'Negotiate YII+/a==, Bearer',
    [
      ['negotiate', {}],
      ['bearer', {}],
    ],
  ],
  [
    'several schemes alone',
    'Negotiate,Bearer , DPoP algs="ES256"',
    [
      ['negotiate', {}],
      ['bearer', {}],
      ['dpop', { algs: 'ES256' }],
    ],
  ],
  ['an empty value', 'Bearer realm=""', [['bearer', { realm: '' }]]],
])('reads %s', (_, field, expected) => {
  expect(read(field)).toEqual(expected)
})

test.each([
  ['nothing', '', 'it holds no challenge'],
  ['commas alone', ' , ,', 'it holds no challenge'],
  ['a quote without an end', 'Bearer error="x', 'at character 8 there should be a parameter'],
  ['a parameter without a value', 'Bearer a=b, c=', 'at character 14 there should be a comma'],
  ['no comma', 'Bearer a="b" c="d"', 'at character 13 there should be a comma'],
  ['a URL without quotes', 'Bearer uri=https://example.com', 'at character 17 there should be a comma'],
  ['a parameter twice', 'Bearer a=b, A=c', 'the parameter "a" is there twice (RFC 9110 §11.2)'],
  ['a parameter after a token68', 'Bearer abc, a=b', 'at character 14 there should be a comma'],
  ['no scheme', '="a"', 'at character 1 there should be a scheme'],
  ['a control character', 'Bearer a="\u0001"', 'at character 8 there should be a parameter'],
  ['a tab after the scheme', 'Bearer\ta=b', 'at character 7 there should be a comma'],
  ['too much', `Bearer a="${'b'.repeat(16_384)}"`, 'it is longer than 16384 characters'],
])('finds fault with %s', (_, field, fault) => {
  expect(read(field)).toBe(fault)
})

test.each(['Bearer a="\\', '",', 'a=b,', 'a ,', '" "\\', 'Bearer a'])('takes next to no time for 16 kB of %j', (filler) => {
  const begun = performance.now()
  parseChallenges(filler.repeat(16_384).slice(0, 16_384))
  expect(performance.now() - begun).toBeLessThan(200)
})
