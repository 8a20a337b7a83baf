import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/fake-clock.js'
import { HeldIssuers } from './held-issuers.js'
import type { KnownIssuer } from './issuer-directory.js'

const never = () => Promise.reject(new Error('nothing is to be examined'))
const now = () => 0
const known = (issuer: string): KnownIssuer => ({ issuer, examine: never })

describe('issuers that are held', () => {
  it('are found by their exact names', () => {
    const held = new HeldIssuers({ now, maxIssuers: 2, maxNewcomers: 2 })
    const issuer = known('https://login.example.com')
    held.add(issuer)
    expect(held.get('https://login.example.com')).toBe(issuer)
    expect(held.get('https://login.example.com/')).toBeUndefined()
    expect(held.get('__proto__')).toBeUndefined()
  })

  it('make room for others that are used, the least recently used first', () => {
    const held = new HeldIssuers({ now, maxIssuers: 2, maxNewcomers: 1 })
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
    const held = new HeldIssuers({ now, maxIssuers: 2, maxNewcomers: 3 })
    const used = known('used')
    held.add(used)
    held.prove(used)
    for (let at = 0; at < 1000; at += 1) held.add(known(`named ${at}`))
    expect(held.get('used')).toBe(used)
    expect(held.get('named 999')?.issuer).toBe('named 999')
    expect(held.size).toBe(4)
  })

  it('are found for as long as an examination of theirs goes on, and no longer', async () => {
    const held = new HeldIssuers({ now, maxIssuers: 1, maxNewcomers: 1 })
    const [one, other] = [known('one'), known('other')]
    held.add(one)
    const ends: (() => void)[] = []
    const examinations = [1, 2].map((at) => held.holdDuring(one, new Promise<number>((resolve) => ends.push(() => resolve(at)))))
    held.add(other)
    expect([held.get('one'), held.get('other')]).toEqual([one, other])
    ends[0]?.()
    expect(await examinations[0]).toBe(1)
    expect(held.get('one')).toBe(one)
    ends[1]?.()
    expect(await examinations[1]).toBe(2)
    expect(held.get('one')).toBeUndefined()
    await expect(held.holdDuring(other, Promise.reject(new Error('no keys')))).rejects.toThrow('no keys')
    held.add(one)
    expect(held.get('other')).toBeUndefined()
  })

  it('are let go by an examination that was cut off, when another begins minutes later', async () => {
    let time = 0
    const held = new HeldIssuers({ maxIssuers: 1, maxNewcomers: 1, now: () => time })
    const wait = (name: string, examination: Promise<void> = new Promise(() => {})) => {
      const issuer = held.get(name) ?? known(name)
      if (held.get(name) === undefined) held.add(issuer)
      return held.holdDuring(issuer, examination)
    }
    const names = Array.from({ length: 100 }, (_, at) => `cut off ${at}`)
    for (const name of names) void wait(name)
    const found = () => names.filter((name) => held.get(name) !== undefined).length
    expect(found()).toBe(100)
    time = 239_999
    await wait('late', Promise.resolve())
    expect(found()).toBe(100)
    time = 240_000
    await wait('later', Promise.resolve())
    expect(found()).toBe(0)
  })

  it('are not found by an examination that goes on when they are deleted, or others have come by their names', async () => {
    const held = new HeldIssuers({ now, maxIssuers: 1, maxNewcomers: 1 })
    const [before, after] = [known('a'), known('a')]
    held.add(before)
    const examination = held.holdDuring(before, settle())
    held.delete('a')
    expect(held.get('a')).toBeUndefined()
    held.add(after)
    const late = held.holdDuring(before, settle())
    held.add(known('b'))
    expect(held.get('a')).toBeUndefined()
    await Promise.all([examination, late])
  })

  it('can be held again, unless another is in use by their name', () => {
    const held = new HeldIssuers({ now, maxIssuers: 1, maxNewcomers: 1 })
    const [one, other] = [known('a'), known('a')]
    held.add(other)
    held.restore(one)
    expect([held.get('a'), held.size]).toEqual([one, 1])
    held.restore(other)
    expect(held.get('a')).toBe(one)
  })

  it('that are not held any longer are not brought back, nor are those whose rules have changed', () => {
    const held = new HeldIssuers({ now, maxIssuers: 2, maxNewcomers: 2 })
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
