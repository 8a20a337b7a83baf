import { expect, expectTypeOf, it } from 'vitest'
import * as node from '../src/internal/platform/node.js'
import * as portable from '../src/internal/platform/portable.js'
import { createTestKey } from './token-factory.js'

/** What takes and gives a key, by whatever a key is on a platform. */
interface KeyFunctions<Key> {
  importKey(...of: Parameters<typeof node.importKey>): Key | Promise<Key>
  isSignedBy(key: Key, algorithm: 'ES256', token: string): boolean | Promise<boolean>
}
type Others<Platform> = Omit<Platform, keyof KeyFunctions<never>>

it('whoever is compiled against the platform of Node is ready for the other one', () => {
  expectTypeOf<ReturnType<typeof node.importKey>>().toEqualTypeOf<ReturnType<KeyFunctions<node.PlatformKey>['importKey']>>()
  expectTypeOf<ReturnType<typeof node.isSignedBy>>().toEqualTypeOf<ReturnType<KeyFunctions<node.PlatformKey>['isSignedBy']>>()
  expectTypeOf<typeof portable>().toExtend<KeyFunctions<portable.PlatformKey>>()
  expectTypeOf<Others<typeof portable>>().toExtend<Others<typeof node>>()
})

it('a platform has nothing that the other one does not have', () => {
  expect(Object.keys(node).toSorted()).toEqual(Object.keys(portable).toSorted())
})

it('the platform of Node answers at once, whatever its types say', async () => {
  const { jwk, sign } = await createTestKey('2026', 'ES256')
  const key = node.importKey(jwk, 'ES256') as node.PlatformKey
  expect(key.isCheap).toBe(true)
  expect(node.isSignedBy(key, 'ES256', await sign({}))).toBe(true)
  expect(node.sha256('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
})
