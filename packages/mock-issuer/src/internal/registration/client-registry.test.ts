import { expect, test } from 'vitest'
import { createClientRegistry } from './client-registry.js'
import type { ClientRegistration } from './client-registry.js'

function registration(clientId: string, redirectUris: readonly string[] = [], isOpen = false): ClientRegistration {
  const metadata = { grant_types: [], response_types: [], token_endpoint_auth_method: 'none' } as const
  return { client: { clientId, redirectUris }, metadata, issuedAtSeconds: 0, accessToken: clientId, isOpen }
}

const configured = new Map([['app', { clientId: 'app', redirectUris: ['https://app.example.com/cb'] }]])

function createRegistry() {
  return createClientRegistry({ clients: configured, now: () => 0 })
}

test('has the configured clients, and those that registered themselves', () => {
  const registry = createRegistry()
  registry.put(registration('new', ['https://new.example.com/cb', 'com.example.app:/cb']))

  expect([...registry.clients.keys()]).toEqual(['app', 'new'])
  expect([...registry.origins]).toEqual(['https://app.example.com', 'https://new.example.com'])
  expect(registry.find('app')).toBe(undefined)
})

test('keeps an origin as long as a client has it', () => {
  const registry = createRegistry()
  registry.put(registration('one', ['https://new.example.com/1', 'https://new.example.com/2']))
  registry.put(registration('two', ['https://new.example.com/3']))
  registry.remove('one')
  expect(registry.origins.has('https://new.example.com')).toBe(true)
  registry.put(registration('two', ['https://other.example.com/']))

  expect([...registry.origins]).toEqual(['https://app.example.com', 'https://other.example.com'])
})

test('removes no configured client', () => {
  const registry = createRegistry()
  registry.remove('app')

  expect([registry.clients.has('app'), registry.wasRemoved('app')]).toEqual([true, false])
})

test('forgets the oldest registration beyond 10,000', () => {
  const registry = createRegistry()
  for (let index = 0; index <= 10_000; index += 1) registry.put(registration(`client-${index}`))

  expect(registry.clients.size).toBe(10_001)
  expect([registry.clients.has('client-0'), registry.clients.has('client-1')]).toEqual([false, true])
  expect(registry.wasRemoved('client-0')).toBe(true)
})

test('goes on with the registrations of another, and with what it removed', () => {
  const before = createRegistry()
  before.put(registration('new', ['https://new.example.com/cb']))
  before.put(registration('gone'))
  before.remove('gone')
  const after = createClientRegistry({ clients: configured, kept: before, now: () => 0 })
  after.remove('new')

  expect([...after.clients.keys()]).toEqual(['app'])
  expect([before.wasRemoved('new'), after.wasRemoved('gone')]).toEqual([true, true])
})

test('forgets the oldest beyond 500 that anyone could register, and none that had the initial access token', () => {
  const registry = createRegistry()
  registry.put(registration('trusted'))
  for (let index = 0; index <= 500; index += 1) registry.put(registration(`open-${index}`, [], true))
  registry.put(registration('open-1', [], true))

  expect(registry.registrations()).toHaveLength(501)
  expect(['trusted', 'open-0', 'open-1'].map((id) => registry.clients.has(id))).toEqual([true, false, true])
})
