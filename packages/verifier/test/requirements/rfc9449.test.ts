import { readCredentials } from '@bailiwick/protocol'
import { expect, it } from 'vitest'

it('a token in Proxy-Authorization is none', () => {
  const headers = new Headers({ 'proxy-authorization': 'DPoP abc' })
  expect(readCredentials({ method: 'GET', url: '/orders', headers })).toEqual({ kind: 'none' })
})
