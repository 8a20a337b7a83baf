import { expect, test } from 'vitest'
import { createIssuerName, endpointUrl } from './issuer-name.js'

test('is the default until it is named', () => {
  expect(createIssuerName(undefined).read()).toBe('http://localhost/mock-issuer')
})

test('takes the name of the socket if nothing was read before', () => {
  const name = createIssuerName(undefined)
  name.adopt('http://127.0.0.1:1')
  expect(name.read()).toBe('http://127.0.0.1:1')
})

test('says how to help it when it was read before', () => {
  const name = createIssuerName(undefined)
  name.read()
  expect(() => name.adopt('http://127.0.0.1:1')).toThrow(
    /http:\/\/localhost\/mock-issuer to http:\/\/127\.0\.0\.1:1.*Call listen\(\) before.*`issuer` option/,
  )
})

test('never changes when it was given', () => {
  const name = createIssuerName('https://login.example.com')
  name.adopt('http://127.0.0.1:1')
  expect(name.read()).toBe('https://login.example.com')
})

test('puts the path of an endpoint behind that of the issuer', () => {
  expect(endpointUrl('https://login.example.com', '/jwks')).toBe('https://login.example.com/jwks')
  expect(endpointUrl('https://login.example.com/one/', '/jwks')).toBe('https://login.example.com/one/jwks')
})
