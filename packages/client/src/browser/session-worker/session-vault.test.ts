import { expect, test, vi } from 'vitest'
import { openVaults, storedTokensOf } from '../../../test/vaults.js'
import { createSessionVault, type VaultRecord } from './session-vault.js'

test('what one tab has written, all read, and what is stored is sealed', async () => {
  const { store, first, second } = openVaults()
  expect(await first.write(storedTokensOf('john'))).toBe(true)
  expect(await second.read()).toEqual(storedTokensOf('john'))
  expect(new TextDecoder().decode(store.record?.sealed)).not.toContain('john')
  expect(store.record?.seal.extractable).toBe(false)
  expect(store.record?.pair.privateKey.extractable).toBe(false)
})

test('the record of one client is none of another', async () => {
  const { store, first } = openVaults()
  await first.write(storedTokensOf('john'))
  expect(await createSessionVault('other', store).read()).toBe(undefined)
})

test('tokens replace those that they were renewed from, and nothing else', async () => {
  const { first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  const [spent] = [await first.read(), await second.read()]
  expect(await first.write(storedTokensOf('john', 'renewed'), spent)).toBe(true)
  const renewed = await second.read()
  await first.write(storedTokensOf('jane'))
  expect(await second.write(storedTokensOf('john', 'late'), renewed)).toBe(false)
  expect(await second.read()).toEqual(storedTokensOf('jane'))
  const jane = await second.read()
  await first.write(undefined)
  expect(await second.write(storedTokensOf('jane', 'late'), jane)).toBe(false)
  expect(await first.read()).toBe(undefined)
})

test('tabs that begin at once have one key pair, and lose no session by it', async () => {
  const { store, first, second } = openVaults()
  const [one, other] = await Promise.all([first.keyPair(), second.keyPair(), first.write(storedTokensOf('john'))])
  expect(other?.privateKey).toBe(one?.privateKey)
  expect(store.record?.pair.privateKey).toBe(one?.privateKey)
  expect(await second.read()).toEqual(storedTokensOf('john'))
})

test('a session that ends leaves the key pair', async () => {
  const { first, second } = openVaults()
  const pair = await first.keyPair()
  await first.write(storedTokensOf('john'))
  await first.write(undefined)
  expect((await second.keyPair())?.privateKey).toBe(pair?.privateKey)
})

test.each([
  ['the sealed tokens', (record: VaultRecord) => ({ ...record, sealed: new ArrayBuffer(40) })],
  ['the seal', (record: VaultRecord) => ({ ...record, seal: {} as CryptoKey })],
  ['the pair', (record: VaultRecord) => ({ ...record, seal: {} as CryptoKey, pair: {} as CryptoKeyPair })],
  ['the pair alone', (record: VaultRecord) => ({ ...record, pair: {} as CryptoKeyPair })],
  ['the public key', ({ pair: { privateKey }, ...record }: VaultRecord) => ({ ...record, pair: { privateKey } as CryptoKeyPair })],
  ['everything', () => ({}) as VaultRecord],
])('who edits %s is not logged in, and can log in again', async (_title, edit) => {
  const { store, first } = openVaults()
  await first.write(storedTokensOf('john'))
  store.record = edit(store.record!)
  expect(await first.read()).toBe(undefined)
  expect(await first.write(storedTokensOf('john'))).toBe(true)
  expect(await first.read()).toEqual(storedTokensOf('john'))
  expect((await first.keyPair())?.privateKey).toBeInstanceOf(CryptoKey)
})

test('what was written can be replaced without being read again', async () => {
  const { first, second } = openVaults()
  await first.write(storedTokensOf('john'))
  const [spent, kept] = [await first.read(), storedTokensOf('john', 'kept')]
  await first.write(kept, spent)
  expect(await first.write(storedTokensOf('john', 'renewed'), kept)).toBe(true)
  expect(await second.read()).toEqual(storedTokensOf('john', 'renewed'))
})

test('a key pair that was deleted is put back, for all tabs', async () => {
  const { store, first, second } = openVaults()
  const pair = await first.keyPair()
  store.record = undefined
  expect((await first.keyPair())?.privateKey).toBe(pair?.privateKey)
  expect((await second.keyPair())?.privateKey).toBe(pair?.privateKey)
})

test('the key pair is that of the session that was read last', async () => {
  const { store, first, second } = openVaults()
  await first.keyPair()
  store.record = undefined
  const made = await second.keyPair()
  await second.write(storedTokensOf('jane'))
  await first.read()
  expect(first.sessionKeyPair()?.privateKey).toBe(made?.privateKey)
})

test('tokens that are written while another tab makes new keys can be opened', async () => {
  const { store, first, second } = openVaults()
  await first.keyPair()
  const { update } = store
  vi.spyOn(store, 'update').mockImplementationOnce(async (change) => {
    store.record = undefined
    await second.keyPair()
    return update(change)
  })
  await first.write(storedTokensOf('john'))
  expect(await second.read()).toEqual(storedTokensOf('john'))
})
