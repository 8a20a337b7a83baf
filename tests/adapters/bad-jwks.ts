import { type BadInput, keysUnavailable, presenting } from './bad-input-case.js'
import type { JwksAnswer } from './jwks-server.js'

/** JWKS endpoints that are no help. None of them says anything about the token: the answer is 503, never 401. */
export const badJwks: readonly BadInput[] = [
  jwks('slow: no answer at all', () => {}),
  jwks('slow: the body never ends', (response) => {
    response.setHeader('content-type', 'application/json').write('{"keys":[')
  }),
  jwks('closes the connection', (response) => response.destroy()),
  jwks('closes the connection within the body', (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"keys":[')
    setImmediate(() => response.destroy())
  }),
  jwks('500', (response) => response.writeHead(500).end('Error: at connect (/srv/issuer/db.js:1:1)')),
  jwks('503 that asks for a day of patience', (response) => response.writeHead(503, { 'retry-after': '86400' }).end()),
  jwks('404', (response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"keys":[]}')),
  jwks('401', (response) => response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()),
  jwks('304 to a request without a condition', (response) => response.writeHead(304).end()),
  jwks('204', (response) => response.writeHead(204).end()),
  jwks('HTML', (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>')),
  jwks('HTML by its content type alone', (response) => response.setHeader('content-type', 'text/html').end('{"keys":[]}')),
  jwks('10 MB, announced', (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': tenMegabytes.length }).end(tenMegabytes)
  }),
  jwks('10 MB, chunked', (response) => {
    response.setHeader('content-type', 'application/json')
    response.write(tenMegabytes.subarray(0, 65_536))
    response.end(tenMegabytes.subarray(65_536))
  }),
  jwks('redirecting to a good one', (response) => response.writeHead(302, { location: '/elsewhere' }).end()),
  jwks('redirecting for ever', (response) => response.writeHead(307, { location: '/jwks' }).end()),
  jwks('empty: no bytes', (response) => response.setHeader('content-type', 'application/json').end()),
  jwks('empty: no keys', json('{"keys":[]}')),
  jwks('empty: no member', json('{}')),
  jwks('null', json('null')),
  jwks('a list', json('[]')),
  jwks('keys that are no list', json('{"keys":{}}')),
  jwks(
    'keys of which none can be used',
    json('{"keys":[null,7,"key",{},{"kty":"oct","k":"c2VjcmV0"},{"kty":"RSA","n":"AQAB","e":"AQAB"}]}'),
  ),
  jwks('cut off', json('{"keys":[{"kty":"EC"')),
  jwks('nested 100,000 deep', json('['.repeat(100_000))),
  jwks('not UTF-8', (response) => response.setHeader('content-type', 'application/json').end(Buffer.of(0x7b, 0xff, 0x7d))),
  jwks('1,000 keys', json(`{"keys":[${Array.from({ length: 1000 }, () => '{}').join()}]}`)),
]

const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, '{"keys":[]}            ')

function jwks(name: string, answer: JwksAnswer): BadInput {
  return { item: 'JWKS', name, jwks: answer, request: presenting((forge) => forge.token()), outcome: keysUnavailable }
}

function json(text: string): JwksAnswer {
  return (response) => response.setHeader('content-type', 'application/json').end(text)
}
