import { expect, test } from 'vitest'
import { createSigningKeys } from './signing-keys.js'

test('makes one key for many requests at once', async () => {
  const keys = createSigningKeys('ES256')
  const made = await Promise.all(Array.from({ length: 10 }, () => keys.current()))

  expect(new Set(made).size).toBe(1)
  expect(await keys.published()).toEqual([made[0]])
})

test('makes keys that cannot be exported', async () => {
  const { privateKey } = await createSigningKeys('ES256').current()

  expect(privateKey.extractable).toBe(false)
})

test('withdraws a key that was still being made', async () => {
  const keys = createSigningKeys('ES256')
  const slow = keys.current('RS256')
  const key = await keys.rotate({ keepOld: false })
  await slow

  expect(await keys.published()).toEqual([key])
})

test('keeps keys of other algorithms current when one is rotated', async () => {
  const keys = createSigningKeys('ES256')
  const first = await keys.current('ES256')
  const key = await keys.rotate({ algorithm: 'EdDSA', keepOld: true })

  expect(await keys.current()).toBe(key)
  expect(await keys.current('ES256')).toBe(first)
})
