import { ConfigurationError } from '@bailiwick/protocol'
import { expect, it } from 'vitest'
import { resolvePublicUrls } from './public-url.js'

it.each([
  ['https://api.example.com', [{ origin: 'https://api.example.com', basePath: '' }]],
  ['https://api.example.com/', [{ origin: 'https://api.example.com', basePath: '' }]],
  ['https://API.example.com:443/v1/', [{ origin: 'https://api.example.com', basePath: '/v1' }]],
  ['https://api.example.com:8443/a/../v1/%6f', [{ origin: 'https://api.example.com:8443', basePath: '/v1/o' }]],
  ['http://localhost:3000', [{ origin: 'http://localhost:3000', basePath: '' }]],
  [
    ['https://api.example.com', 'https://api.example.org/v1'],
    [
      { origin: 'https://api.example.com', basePath: '' },
      { origin: 'https://api.example.org', basePath: '/v1' },
    ],
  ],
])('reads %j', (value, expected) => {
  expect(resolvePublicUrls(value)).toEqual(expected)
})

it.each([
  [''],
  ['api.example.com'],
  ['/v1'],
  ['http://api.example.com'],
  ['https://api.example.com?a'],
  ['https://api.example.com/?'],
  ['https://api.example.com/#'],
  ['https://john:secret@api.example.com'],
  ['https://api.example.com\\v1'],
  ['https://api.example.com/100%'],
  [[]],
  [['https://api.example.com', '']],
  [undefined as unknown as string],
  [[undefined as unknown as string]],
])('does not take %j for the URL of an API', (value) => {
  expect(() => resolvePublicUrls(value)).toThrow(ConfigurationError)
  expect(() => resolvePublicUrls(value)).toThrow('senderConstraint.dpop.publicUrl must be')
})
