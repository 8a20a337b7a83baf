import { describe, expect, it } from 'vitest'
import { HeldIssuers } from './held-issuers.js'
import type { KnownIssuer } from './issuer-directory.js'

const never = () => Promise.reject(new Error('nothing is to be examined'))
const known = (issuer: string): KnownIssuer => ({ issuer, examine: never })

describe('issuers that are held', () => {
  it('are found by their exact names', () => {
    const held = new HeldIssuers({ maxIssuers: 2, maxNewcomers: 2 })
    const issuer = known('https://login.example.com')
    held.add(issuer)
    expect(held.get('https://login.example.com')).toBe(issuer)
    expect(held.get('https://login.example.com/')).toBeUndefined()
    expect(held.get('__proto__')).toBeUndefined()
  })

  it('make room for others that are used, the least recently used first', () => {
    const held = new HeldIssuers({ maxIssuers: 2, maxNewcomers: 1 })
    for (const name of ['a', 'b', 'c']) {
      const issuer = known(name)
      held.add(issuer)
      held.prove(issuer)
      held.get('a')
    }
    expect(['a', 'b', 'c'].map((name) => held.get(name)?.issuer)).toEqual(['a', undefined, 'c'])
    expect(held.size).toBe(2)
  })

  it('never make room for issuers that are merely named', () => {
    const held = new HeldIssuers({ maxIssuers: 2, maxNewcomers: 3 })
    const used = known('used')
    held.add(used)
    held.prove(used)
    for (let at = 0; at < 1000; at += 1) held.add(known(`named ${at}`))
    expect(held.get('used')).toBe(used)
    expect(held.get('named 999')?.issuer).toBe('named 999')
    expect(held.size).toBe(4)
  })

  it('that are not held any longer are not brought back, nor are those whose rules have changed', () => {
    const held = new HeldIssuers({ maxIssuers: 2, maxNewcomers: 2 })
    const [before, after] = [known('a'), known('a')]
    held.add(before)
    held.add(after)
    held.prove(before)
    expect(held.get('a')).toBe(after)
    for (const name of ['b', 'c', 'd', 'e']) held.add(known(name))
    expect(held.get('a')).toBeUndefined()
    held.prove(after)
    expect(held.get('a')).toBeUndefined()
    held.add(after)
    held.delete('a')
    held.prove(after)
    expect(held.get('a')).toBeUndefined()
    expect(held.size).toBe(1)
  })
})
