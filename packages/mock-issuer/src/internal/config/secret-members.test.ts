import { expect, test } from 'vitest'
import { isSecretPlace, maskSecrets } from './secret-members.js'

test.each([
  [['clients', 0, 'clientSecret'], true],
  [['initialAccessToken'], true],
  [['https', 'key'], true],
  [['splitTokens', 'headers', 'x-tenant'], true],
  [['clients', 0, 'clientId'], false],
  [['accessTokenTtlSeconds'], false],
  [['clients', 0, 'jwks', 'keys'], false],
])('knows by its name whether %j is secret: %s', (path, expected) => {
  expect(isSecretPlace(path)).toBe(expected)
})

test.each([
  ['{"clientSecret": "abc", "port": 1', '{"clientSecret": ***, "port": 1'],
  ['{"clientSecret":\n  "abc"\n}', '{"clientSecret":\n  ***\n}'],
  ['{"clientSecret": "a\\"bc"}', '{"clientSecret": ***}'],
  ['{"clientSecret": "abc"def", "x": 1}', '{"clientSecret": ***'],
  ['{"clientSecret": "abc\n"x": 1}', '{"clientSecret": ***\n"x": 1}'],
  ["{clientSecret: 'abc'}", '{clientSecret: ***'],
  ['{"headers": {"Authorization": "Bearer abc"}}', '{"headers": {"Authorization": ***}}'],
  ['{"initialAccessToken": abc, "a": 1}', '{"initialAccessToken": ***, "a": 1}'],
  ['{"keys": [{"kid": "1"}], "name": "secret"}', '{"keys": [{"kid": "1"}], "name": "secret"}'],
])('masks the secrets of %j', (text, expected) => {
  expect(maskSecrets(text, 0)).toEqual({ text: expected, offset: 0 })
})

test.each([
  ['before the secret', '{"a" "key": "abcdef"}', 5, 5],
  ['after it', '{"key": "abcdef", x}', 18, 13],
  ['at its beginning', '{"key": abcdef}', 8, 8],
  ['within it', '{"key": "abc"def"}', 13, 8],
])('finds a place again that is %s', (_, text, offset, expected) => {
  expect(maskSecrets(text, offset).offset).toBe(expected)
})
