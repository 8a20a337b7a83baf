import { expect, test } from 'vitest'
import { routePath } from './route-path.js'

const metadata = '/.well-known/oauth-authorization-server'
const configuration = '/.well-known/openid-configuration'

test.each([
  ['https://a.example', '/jwks', '/jwks'],
  ['https://a.example', metadata, metadata],
  ['https://a.example', configuration, configuration],
  ['https://a.example/', '/jwks', '/jwks'],
  ['https://a.example/one/two', '/one/two/jwks', '/jwks'],
  ['https://a.example/one/two', `${metadata}/one/two`, metadata],
  ['https://a.example/one/two', `/one/two${configuration}`, configuration],
  ['https://a.example/one/', '/one/jwks', '/jwks'],
  ['https://a.example/one/', `${metadata}/one`, metadata],
])('finds inside %s the request for %s as %s', (issuer, path, inside) => {
  expect(routePath(`https://a.example${path}?x=1`, issuer)).toBe(inside)
})

test.each([
  '/jwks',
  '/onetwo/jwks',
  '/one',
  metadata,
  `${metadata}/`,
  `${metadata}/other`,
  `/one${metadata}`,
  `${configuration}/one`,
  '/one/../jwks',
])('finds nothing inside an issuer with a path for %s', (path) => {
  expect(routePath(`https://a.example${path}`, 'https://a.example/one')).toBe('/.outside')
})
