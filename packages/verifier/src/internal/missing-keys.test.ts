import { describe, expect, it } from 'vitest'
import { createMissingKeys } from './missing-keys.js'

describe('createMissingKeys', () => {
  it('remembers when a set without the key was asked for', () => {
    const missing = createMissingKeys(10)
    expect(missing.askedAt('kid a')).toBeUndefined()
    missing.add('kid a', 100)
    missing.add('kid a', 200)
    expect(missing.askedAt('kid a')).toBe(200)
    expect(missing.size).toBe(1)
  })

  it('has room for so many, and forgets the oldest', () => {
    const missing = createMissingKeys(2)
    missing.add('kid a', 1)
    missing.add('kid b', 2)
    missing.add('kid a', 3)
    missing.add('kid c', 4)
    expect([missing.askedAt('kid a'), missing.askedAt('kid b'), missing.askedAt('kid c')]).toEqual([3, undefined, 4])
    expect(missing.size).toBe(2)
  })

  it('forgets none to remember one that it knows', () => {
    const missing = createMissingKeys(2)
    missing.add('kid a', 1)
    missing.add('kid b', 2)
    missing.add('kid b', 3)
    expect([missing.askedAt('kid a'), missing.askedAt('kid b')]).toEqual([1, 3])
  })

  it('takes names like those of members of every object', () => {
    const missing = createMissingKeys(2)
    expect(missing.askedAt('__proto__')).toBeUndefined()
    missing.add('__proto__', 1)
    expect(missing.askedAt('__proto__')).toBe(1)
  })
})
