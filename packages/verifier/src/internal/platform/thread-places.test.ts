import { generateKeyPairSync } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/fake-clock.js'
import { importKey, isSignedBy } from './node.js'
import { createThreadPlaces } from './thread-places.js'

describe('places in other threads', () => {
  it('are taken at once while there are any, and then one after the other, those who came first first', async () => {
    const inThread = createThreadPlaces({ places: 2 })
    const begun: string[] = []
    const ends = new Map<string, () => void>()
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      inThread(() => {
        begun.push(name)
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
      }),
    )
    await settle()
    expect(begun).toEqual(['a', 'b'])
    ends.get('b')?.()
    await settle()
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'c', 'd', 'e']) {
      ends.get(name)?.()
      await settle()
    }
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('are given up by what fails', async () => {
    const inThread = createThreadPlaces({ places: 1 })
    const fail = () => Promise.reject(new Error('no key'))
    const told = await Promise.allSettled([inThread(fail), inThread(fail), inThread(() => Promise.resolve('done'))])
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await inThread(() => Promise.resolve('again'))).toBe('again')
  })
})

it('does not have files wait for all the slow signatures that came before', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as { kty: string; crv: string; x: string; y: string }
  const key = await importKey({ kty, crv, x, y }, 'ES512')
  const token = `e30.e30.${Buffer.alloc(132, 1).toString('base64url')}`
  let checked = 0
  const all = Array.from({ length: 300 }, async () => {
    const signed = await isSignedBy(key, 'ES512', token)
    checked += 1
    return signed
  })
  await stat('.')
  const before = checked
  expect(new Set(await Promise.all(all))).toEqual(new Set([false]))
  expect(before).toBeLessThan(100)
})
