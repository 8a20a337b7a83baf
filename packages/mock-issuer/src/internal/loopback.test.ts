import { expect, test } from 'vitest'
import { isLoopbackAddress, isLoopbackHost } from './loopback.js'

test.each(['localhost', 'LOCALHOST', 'orders.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

test.each([
  '127.example.com',
  '127.0.0.1.example.com',
  'localhost.example.com',
  'notlocalhost',
  '.localhost',
  '0.0.0.0',
  '::',
  '128.0.0.1',
  '',
])('%j may be another', (host) => {
  expect(isLoopbackHost(host)).toBe(false)
})

test.each([
  ['127.0.0.1', true],
  ['::ffff:127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.0.0.1', false],
  ['localhost', false],
])('%s is an address of the loopback: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected)
})
