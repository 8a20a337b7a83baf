import { expect, test } from 'vitest'
import { acceptedDialects } from './accepted-dialects.js'

test.each([
  [null, ['json']],
  ['', ['json']],
  ['*/*', ['json']],
  ['application/*', ['json']],
  ['application/json', ['json']],
  ['application/jwt', ['phantom']],
  ['Application/JWT; charset=utf-8', ['phantom']],
  ['application/token-introspection+jwt', ['jwt']],
  ['application/jwt, application/json', ['phantom', 'json']],
  ['application/jwt;q=0.5, application/json;q=0.9', ['json', 'phantom']],
  ['*/*, application/jwt', ['phantom', 'json']],
  ['application/json;q=0.8, application/jwt;q=0.8, application/token-introspection+jwt', ['jwt', 'json', 'phantom']],
  ['application/jwt;q=0, application/json', ['json']],
  ['text/html', ['json']],
])('reads %j', (accept, dialects) => {
  expect(acceptedDialects(accept)).toEqual(dialects)
})

test.each(['application/jwt;q=2', 'application/jwt;q=high', 'application/jwt;q=', 'constructor', 'application/jwt application/json'])(
  'disregards the malformed %j',
  (accept) => {
    expect(acceptedDialects(accept)).toEqual(['json'])
  },
)
