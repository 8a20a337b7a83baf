import { expect, test, vi } from 'vitest'
import { createMemorySessionStore } from '../../../test/memory-session-store.js'
import { createSessionVault, type SessionTokens, type VaultRecord } from './session-vault.js'

const tokensOf = (sub: string, accessToken = 'access'): SessionTokens => ({
  accessToken,
  isBound: false,
  receivedAt: 0,
  expiresAt: 300_000,
  refreshToken: 'refresh',
  idToken: 'id',
  user: { sub },
})

/** Two tabs of one browser. */
function open() {
  const store = createMemorySessionStore<VaultRecord>()
  return { store, first: createSessionVault('app', store), second: createSessionVault('app', store) }
}

test('what one tab has written, all read, and what is stored is sealed', async () => {
  const { store, first, second } = open()
  expect(await first.write(tokensOf('john'))).toBe(true)
  expect(await second.read()).toEqual(tokensOf('john'))
  expect(new TextDecoder().decode(store.record?.sealed)).not.toContain('john')
  expect(store.record?.seal.extractable).toBe(false)
  expect(store.record?.pair.privateKey.extractable).toBe(false)
})

test('the record of one client is none of another', async () => {
  const { store, first } = open()
  await first.write(tokensOf('john'))
  expect(await createSessionVault('other', store).read()).toBe(undefined)
})

test('tokens replace those that they were renewed from, and nothing else', async () => {
  const { first, second } = open()
  await first.write(tokensOf('john'))
  const [spent] = [await first.read(), await second.read()]
  expect(await first.write(tokensOf('john', 'renewed'), spent)).toBe(true)
  const renewed = await second.read()
  await first.write(tokensOf('jane'))
  expect(await second.write(tokensOf('john', 'late'), renewed)).toBe(false)
  expect(await second.read()).toEqual(tokensOf('jane'))
  const jane = await second.read()
  await first.write(undefined)
  expect(await second.write(tokensOf('jane', 'late'), jane)).toBe(false)
  expect(await first.read()).toBe(undefined)
})

test('tokens that have replaced nothing are not remembered', async () => {
  const { store, first, second } = open()
  await first.write(tokensOf('john'))
  const spent = await first.read()
  await second.write(undefined)
  expect(await first.write(tokensOf('john', 'late'), spent)).toBe(false)
  store.fault = 'missing'
  expect((await first.read())?.accessToken).not.toBe('late')
})

test('tabs that begin at once have one key pair, and lose no session by it', async () => {
  const { store, first, second } = open()
  const [one, other] = await Promise.all([first.keyPair(), second.keyPair(), first.write(tokensOf('john'))])
  expect(other?.privateKey).toBe(one?.privateKey)
  expect(store.record?.pair.privateKey).toBe(one?.privateKey)
  expect(await second.read()).toEqual(tokensOf('john'))
})

test('a session that ends leaves the key pair', async () => {
  const { first, second } = open()
  const pair = await first.keyPair()
  await first.write(tokensOf('john'))
  await first.write(undefined)
  expect((await second.keyPair())?.privateKey).toBe(pair?.privateKey)
})

test.each([
  ['the sealed tokens', (record: VaultRecord) => ({ ...record, sealed: new ArrayBuffer(40) })],
  ['the seal', (record: VaultRecord) => ({ ...record, seal: {} as CryptoKey })],
  ['the pair', (record: VaultRecord) => ({ ...record, seal: {} as CryptoKey, pair: {} as CryptoKeyPair })],
  ['everything', () => ({}) as VaultRecord],
])('who edits %s is not logged in, and can log in again', async (_title, edit) => {
  const { store, first } = open()
  await first.write(tokensOf('john'))
  store.record = edit(store.record!)
  expect(await first.read()).toBe(undefined)
  expect(await first.write(tokensOf('john'))).toBe(true)
  expect(await first.read()).toEqual(tokensOf('john'))
  expect((await first.keyPair())?.privateKey).toBeInstanceOf(CryptoKey)
})

test('what cannot be written for want of room leaves nothing of before, and stays in this tab', async () => {
  const { store, first, second } = open()
  await first.write(tokensOf('john'))
  const spent = await first.read()
  store.fault = 'full'
  expect(await first.write(tokensOf('john', 'renewed'), spent)).toBe(true)
  expect(store.record).toBe(undefined)
  expect(await first.read()).toEqual(tokensOf('john', 'renewed'))
  expect(await second.read()).toBe(undefined)
  store.fault = undefined
  expect(await first.write(tokensOf('john', 'again'), await first.read())).toBe(true)
  expect(store.record).toBe(undefined)
})

test('a logout for which there is no room deletes the session', async () => {
  const { store, first, second } = open()
  await first.write(tokensOf('john'))
  store.fault = 'full'
  expect(await first.write(undefined)).toBe(true)
  expect(await first.read()).toBe(undefined)
  expect(await second.read()).toBe(undefined)
})

test.each(['read-only', 'silent'] as const)(
  'a logout that can neither write nor delete says so, where the storage is %s',
  async (fault) => {
    const { store, first } = open()
    await first.write(tokensOf('john'))
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
  const { store, first } = open()
  await first.write(tokensOf('john'))
  const spent = await first.read()
  store.fault = 'read-only'
  await expect(first.write(tokensOf('john', 'renewed'), spent)).rejects.toThrow('read-only')
  expect(await first.read()).toEqual(tokensOf('john', 'renewed'))
})

test('a tab that keeps its session to itself leaves that of the others alone', async () => {
  const { store, first, second } = open()
  store.fault = 'full'
  await first.write(tokensOf('john'))
  store.fault = undefined
  await second.write(tokensOf('jane'))
  expect(await first.write(tokensOf('john', 'renewed'), await first.read())).toBe(true)
  expect(await second.read()).toEqual(tokensOf('jane'))
})

test('where there is nowhere to store, the worker remembers, has no key pair, and ends without a complaint', async () => {
  const { store, first, second } = open()
  store.fault = 'missing'
  expect(await first.keyPair()).toBe(undefined)
  expect(await first.write(tokensOf('john'))).toBe(true)
  expect(await first.read()).toEqual(tokensOf('john'))
  expect(await second.read()).toBe(undefined)
  expect(await first.write(tokensOf('john', 'late'), tokensOf('john'))).toBe(false)
  expect(await first.write(undefined)).toBe(true)
  expect(await first.read()).toBe(undefined)
  await first.write(tokensOf('jane'))
  first.forget()
  expect(await first.read()).toBe(undefined)
})

test('a storage that cannot be read is not an empty one', async () => {
  const { store, first } = open()
  await first.write(tokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  store.fault = undefined
  expect(await first.read()).toEqual(tokensOf('john'))
})

test('a storage that cannot be read twice, and in which nothing was seen, has nothing until it can be', async () => {
  const { store, first, second } = open()
  await second.write(tokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  expect(await first.read()).toBe(undefined)
  store.fault = undefined
  expect(await first.read()).toEqual(tokensOf('john'))
  store.fault = 'silent'
  await expect(first.read()).rejects.toThrow('silent')
  await expect(first.read()).rejects.toThrow('silent')
})

test('a storage that does not answer keeps nobody from logging in, without a key pair', async () => {
  const { store, first } = open()
  store.fault = 'silent'
  expect(await first.keyPair()).toBe(undefined)
  await expect(first.write(tokensOf('john'))).rejects.toThrow('silent')
  expect(await first.read()).toEqual(tokensOf('john'))
})

test.each(['get', 'update'] as const)('tokens are written although one %s fails', async (method) => {
  const { store, first, second } = open()
  await first.write(tokensOf('john'))
  const spent = await first.read()
  vi.spyOn(store, method).mockRejectedValueOnce(new DOMException('', 'UnknownError'))
  expect(await first.write(tokensOf('john', 'renewed'), spent)).toBe(true)
  expect(await second.read()).toEqual(tokensOf('john', 'renewed'))
})

test('a login does not wait twice for a storage that does not answer', async () => {
  const { store, first } = open()
  store.fault = 'silent'
  const get = vi.spyOn(store, 'get')
  await expect(first.write(tokensOf('john'))).rejects.toThrow('silent')
  expect(get).toHaveBeenCalledTimes(1)
})

test('what was written can be replaced without being read again', async () => {
  const { first, second } = open()
  await first.write(tokensOf('john'))
  const [spent, kept] = [await first.read(), tokensOf('john', 'kept')]
  await first.write(kept, spent)
  expect(await first.write(tokensOf('john', 'renewed'), kept)).toBe(true)
  expect(await second.read()).toEqual(tokensOf('john', 'renewed'))
})

test('the key pair of the session is there without the storage, also when it is full', async () => {
  const { store, first, second } = open()
  const pair = await first.keyPair()
  await first.write(tokensOf('john'))
  const spent = await second.read()
  expect(second.sessionKeyPair()?.privateKey).toBe(pair?.privateKey)
  store.fault = 'full'
  await second.write(tokensOf('john', 'renewed'), spent)
  store.fault = 'silent'
  expect(second.sessionKeyPair()?.privateKey).toBe(pair?.privateKey)
})

test('a key pair that was deleted is put back, for all tabs', async () => {
  const { store, first, second } = open()
  const pair = await first.keyPair()
  store.record = undefined
  expect((await first.keyPair())?.privateKey).toBe(pair?.privateKey)
  expect((await second.keyPair())?.privateKey).toBe(pair?.privateKey)
})

test('the key pair is that of the session that was read last', async () => {
  const { store, first, second } = open()
  await first.keyPair()
  store.record = undefined
  const made = await second.keyPair()
  await second.write(tokensOf('jane'))
  await first.read()
  expect(first.sessionKeyPair()?.privateKey).toBe(made?.privateKey)
})

test('a session that only this worker has ends without ending that of the others', async () => {
  const { store, first, second } = open()
  store.fault = 'full'
  await first.write(tokensOf('john'))
  store.fault = undefined
  await second.write(tokensOf('john', 'other'))
  expect(await first.write(undefined, await first.read())).toBe(true)
  expect(await first.read()).toBe(undefined)
  expect(await second.read()).toEqual(tokensOf('john', 'other'))
})

test('what only this worker has is forgotten for the login of another user, which is then found, and not for one of the same', async () => {
  const { store, first, second } = open()
  store.fault = 'full'
  await first.write(tokensOf('john'))
  store.fault = undefined
  await second.write(tokensOf('jane'))
  first.forget('john')
  expect(await first.read()).toEqual(tokensOf('john'))
  first.forget('jane')
  expect(await first.read()).toEqual(tokensOf('jane'))
})
