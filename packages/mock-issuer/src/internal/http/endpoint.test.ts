import { expect, test } from 'vitest'
import { withIdForLastSegment } from './endpoint.js'

test.each([
  ['/register/app', '/register/:id'],
  ['/register/', '/register/'],
  ['/register', '/:id'],
  ['/a//b', '/a//:id'],
])('makes of %j the path %j', (path, expected) => {
  expect(withIdForLastSegment(path)).toBe(expected)
})

test('reads a path of a million characters at once', () => {
  const path = `/${'a'.repeat(1_000_000)}/`
  const startMs = performance.now()

  expect(withIdForLastSegment(path)).toBe(path)
  expect(performance.now() - startMs).toBeLessThan(1_000)
})
