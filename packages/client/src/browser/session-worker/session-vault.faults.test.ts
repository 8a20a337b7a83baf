import { expect, test, vi } from 'vitest'
import { openVaults, storedTokensOf } from '../../../test/vaults.js'

test('tokens that have replaced nothing are not remembered', async () => {
  const { store, first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  const spent = await first.read()
  await second.write(undefined)
  expect(await first.write(storedTokensOf('john', 'late'), spent)).toBe(false)
  store.fault = 'missing'
  expect((await first.read())?.accessToken).not.toBe('late')
})

test('what cannot be written for want of room leaves nothing of before, and stays in this tab', async () => {
  const { store, first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  const spent = await first.read()
  store.fault = 'full'
  expect(await first.write(storedTokensOf('john', 'renewed'), spent)).toBe(true)
  expect(store.record).toBe(undefined)
  expect(await first.read()).toEqual(storedTokensOf('john', 'renewed'))
  expect(await second.read()).toBe(undefined)
  store.fault = undefined
  expect(await first.write(storedTokensOf('john', 'again'), await first.read())).toBe(true)
  expect(store.record).toBe(undefined)
})

test('a logout for which there is no room deletes the session', async () => {
  const { store, first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  store.fault = 'full'
  expect(await first.write(undefined)).toBe(true)
  expect(await first.read()).toBe(undefined)
  expect(await second.read()).toBe(undefined)
})

test.each(['read-only', 'silent'] as const)(
  'a logout that can neither write nor delete says so, where the storage is %s',
  async (fault) => {
    const { store, first } = openVaults()
    await first.write(storedTokensOf('john'))
    store.fault = fault
    await expect(first.write(undefined)).rejects.toThrow(fault)
    // Once more, by a user who tries again.
    await expect(first.write(undefined)).rejects.toThrow(fault)
    store.fault = undefined
    expect(await first.read()).toBe(undefined)
    expect(await first.write(undefined)).toBe(true)
    expect(store.record).toBe(undefined)
  },
)

test('a renewal that can neither be written nor deleted stays in this tab', async () => {
  const { store, first } = openVaults()
  await first.write(storedTokensOf('john'))
  const spent = await first.read()
  store.fault = 'read-only'
  await expect(first.write(storedTokensOf('john', 'renewed'), spent)).rejects.toThrow('read-only')
  expect(await first.read()).toEqual(storedTokensOf('john', 'renewed'))
})

test('a tab that keeps its session to itself leaves that of the others alone', async () => {
  const { store, first, second } = openVaults()
  store.fault = 'full'
  await first.write(storedTokensOf('john'))
  store.fault = undefined
  await second.write(storedTokensOf('jane'))
  expect(await first.write(storedTokensOf('john', 'renewed'), await first.read())).toBe(true)
  expect(await second.read()).toEqual(storedTokensOf('jane'))
})

test('where there is nowhere to store, the worker remembers, has no key pair, and ends without a complaint', async () => {
  const { store, first, second } = openVaults()
  store.fault = 'missing'
  expect(await first.keyPair()).toBe(undefined)
  expect(await first.write(storedTokensOf('john'))).toBe(true)
  expect(await first.read()).toEqual(storedTokensOf('john'))
  expect(await second.read()).toBe(undefined)
  expect(await first.write(storedTokensOf('john', 'late'), storedTokensOf('john'))).toBe(false)
  expect(await first.write(undefined)).toBe(true)
  expect(await first.read()).toBe(undefined)
  await first.write(storedTokensOf('jane'))
  first.forget()
  expect(await first.read()).toBe(undefined)
})

test('a storage that cannot be read is not an empty one', async () => {
  const { store, first } = openVaults()
  await first.write(storedTokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  store.fault = undefined
  expect(await first.read()).toEqual(storedTokensOf('john'))
})

test('a storage that cannot be read twice, and in which nothing was seen, has nothing until it can be', async () => {
  const { store, first, second } = openVaults()
  await second.write(storedTokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  expect(await first.read()).toBe(undefined)
  store.fault = undefined
  expect(await first.read()).toEqual(storedTokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  await expect(first.read()).rejects.toThrow('silent')
})

test('a storage that does not answer keeps nobody from logging in, without a key pair', async () => {
  const { store, first } = openVaults()
  store.fault = 'silent'
  expect(await first.keyPair()).toBe(undefined)
  await expect(first.write(storedTokensOf('john'))).rejects.toThrow('silent')
  expect(await first.read()).toEqual(storedTokensOf('john'))
})

test.each(['get', 'update'] as const)('tokens are written although one %s fails', async (method) => {
  const { store, first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  const spent = await first.read()
  vi.spyOn(store, method).mockRejectedValueOnce(new DOMException('', 'UnknownError'))
  expect(await first.write(storedTokensOf('john', 'renewed'), spent)).toBe(true)
  expect(await second.read()).toEqual(storedTokensOf('john', 'renewed'))
})

test('a login does not wait twice for a storage that does not answer', async () => {
  const { store, first } = openVaults()
  store.fault = 'silent'
  const get = vi.spyOn(store, 'get')
  await expect(first.write(storedTokensOf('john'))).rejects.toThrow('silent')
  expect(get).toHaveBeenCalledTimes(1)
})

test('the key pair of the session is there without the storage, also when it is full', async () => {
  const { store, first, second } = openVaults()
  const pair = await first.keyPair()
  await first.write(storedTokensOf('john'))
  const spent = await second.read()
  expect(second.sessionKeyPair()?.privateKey).toBe(pair?.privateKey)
  store.fault = 'full'
  await second.write(storedTokensOf('john', 'renewed'), spent)
  store.fault = 'silent'
  expect(second.sessionKeyPair()?.privateKey).toBe(pair?.privateKey)
})

test('a session that only this worker has ends without ending that of the others', async () => {
  const { store, first, second } = openVaults()
  store.fault = 'full'
  await first.write(storedTokensOf('john'))
  store.fault = undefined
  await second.write(storedTokensOf('john', 'other'))
  expect(await first.write(undefined, await first.read())).toBe(true)
  expect(await first.read()).toBe(undefined)
  expect(await second.read()).toEqual(storedTokensOf('john', 'other'))
})

test('what only this worker has is forgotten for the login of another user, which is then found, and not for one of the same', async () => {
  const { store, first, second } = openVaults()
  store.fault = 'full'
  await first.write(storedTokensOf('john'))
  store.fault = undefined
  await second.write(storedTokensOf('jane'))
  first.forget('john')
  expect(await first.read()).toEqual(storedTokensOf('john'))
  first.forget('jane')
  expect(await first.read()).toEqual(storedTokensOf('jane'))
})

test('what only this worker had ends with a logout in another tab also where the storage does not answer', async () => {
  const { store, first } = openVaults()
  store.fault = 'silent'
  await expect(first.write(storedTokensOf('john'))).rejects.toThrow('silent')
  first.forget()
  expect(await first.read()).toBe(undefined)
})
