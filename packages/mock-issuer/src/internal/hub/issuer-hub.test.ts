import { expect, test } from 'vitest'
import { createHostUrl } from './host-url.js'
import type { HubConfiguration } from './hub-configuration.js'
import { createIssuerHub } from './issuer-hub.js'

const nothing: HubConfiguration = { issuers: { a: {} }, defaults: {}, maxOnDemandIssuers: 0 }

async function create(configuration: Partial<HubConfiguration> = {}) {
  const hub = createIssuerHub(createHostUrl())
  await hub.configure({ ...nothing, ...configuration })
  const at = (path: string) => {
    const found = hub.find(path)
    if (found === undefined) throw new Error(`no issuer is at ${path}`)
    return found
  }
  return { hub, at, configure: (changes: Partial<HubConfiguration>) => hub.configure({ ...nothing, ...changes }) }
}

test('an issuer that stays keeps its name, keys, clock, log and tokens, and has the new options', async () => {
  const { at, configure } = await create()
  const before = at('a')
  const token = await before.issuer.accessToken()
  before.issuer.clock.advanceSeconds(3600)
  await before.issuer.fetch(`${before.issuer.issuer}/jwks`)

  await configure({ defaults: { audience: 'other-api' } })
  const { issuer, state } = at('a')
  expect(issuer.issuer).toBe(before.issuer.issuer)
  expect(issuer.verifierOptions().audience).toBe('other-api')
  expect(await issuer.jwks()).toEqual(await before.issuer.jwks())
  expect(issuer.requests).toHaveLength(1)
  expect(issuer.clock).toBe(before.issuer.clock)
  expect(state.issued).toBe(before.state.issued)
  expect(token.split('.')).toHaveLength(3)
})

test('another algorithm is a rotation: the old keys still verify', async () => {
  const { at, configure } = await create()
  const [old] = (await at('a').issuer.jwks()).keys
  await configure({ defaults: { algorithm: 'EdDSA' } })
  const { keys } = await at('a').issuer.jwks()
  expect(keys.map(({ kid, alg }) => [kid === old?.kid, alg])).toEqual([
    [true, 'ES256'],
    [false, 'EdDSA'],
  ])
})

test('another lifetime of refresh tokens starts them anew, and nothing else', async () => {
  const { at, configure } = await create()
  const before = at('a').state
  await configure({ defaults: { accessTokenTtlSeconds: 5 } })
  expect(at('a').state.refreshTokens).toBe(before.refreshTokens)
  await configure({ defaults: { refreshTokenTtlSeconds: 5 } })
  expect(at('a').state.refreshTokens).not.toBe(before.refreshTokens)
  expect(at('a').state.issued).toBe(before.issued)
})

test('an issuer with another name is another issuer', async () => {
  const { at, configure } = await create()
  const before = await at('a').issuer.jwks()
  await configure({ issuers: { a: { issuer: 'https://login.example.com/a' } } })
  expect(at('a').issuer.issuer).toBe('https://login.example.com/a')
  expect(await at('a').issuer.jwks()).not.toEqual(before)
})

test('a configuration that cannot be used changes nothing, whichever issuer it is about', async () => {
  const users = [{ sub: 'john', claims: { account_nr: '42' } }]
  const { hub, at, configure } = await create({ issuers: { a: { users }, b: {} } })
  const before = [...hub.mounted.values()]
  const changed = { a: { users: [{ sub: 'john', claims: { account_nr: '43' } }] }, b: { clients: [] } }
  await expect(configure({ issuers: changed })).rejects.toMatchObject({ code: 'invalid_option' })
  const broken = { a: {}, b: { faults: [{ endpoint: 'jwks', kind: 'delay', delayMs: -1 } as const] } }
  await expect(configure({ issuers: broken })).rejects.toMatchObject({ code: 'invalid_option' })
  expect([...hub.mounted.values()]).toEqual(before)
  expect(at('a').issuer.users.find('john')?.claims).toEqual({ account_nr: '42' })
})

test('configured faults are replaced by those of the new configuration, and others stay', async () => {
  const { at, configure } = await create({ defaults: { faults: [{ endpoint: 'jwks', kind: 'hang' }] } })
  at('a').issuer.faults.add({ endpoint: 'token', kind: 'reset' })
  await configure({ defaults: { faults: [{ endpoint: 'jwks', kind: 'status', status: 500 }] } })
  expect(at('a').issuer.faults.active.map(({ endpoint, kind }) => `${endpoint} ${kind}`)).toEqual(['token reset', 'jwks status'])
})

test('issuers on demand stay while there may be some', async () => {
  const { hub, configure } = await create({ maxOnDemandIssuers: 5 })
  await hub.handle(new Request('http://localhost/made/jwks'))
  await configure({ maxOnDemandIssuers: 3 })
  expect([...hub.mounted.keys()]).toEqual(['/a', '/made'])
  await configure({ maxOnDemandIssuers: 0 })
  expect([...hub.mounted.keys()]).toEqual(['/a'])
})

test.each([
  ['a', 'a/token', '"/a/token"'],
  ['a/token', 'a', '"/a/token"'],
  ['a', 'a/register/client', '"/a/register/client"'],
  ['a', 'a/logout/confirm', '"/a/logout/confirm"'],
  ['a', 'a/token/b', '"/a/token/b"'],
])('refuses issuers at %j and %j, one of which would take the requests to an endpoint of the other', async (first, second, named) => {
  const refusal = { code: 'invalid_option', message: expect.stringContaining(named) }
  await expect(create({ issuers: { [first]: {}, [second]: {} } })).rejects.toMatchObject(refusal)
  const { hub } = await create({ issuers: { [first]: {} } })
  expect(() => hub.mount(second, {})).toThrow(named)
})

test('makes no issuer on demand around one that lies where an endpoint of it would be', async () => {
  const { hub } = await create({ issuers: { 'a/token': {} }, maxOnDemandIssuers: 1 })
  const response = await hub.handle(new Request('http://localhost/a/jwks'))

  expect([response.status, [...hub.mounted.keys()]]).toEqual([404, ['/a/token']])
})

test('an issuer on demand gives way to one that a new configuration declares where an endpoint of it would be', async () => {
  const { hub, configure } = await create({ issuers: {}, maxOnDemandIssuers: 5 })
  await hub.handle(new Request('http://localhost/a/jwks'))
  await hub.handle(new Request('http://localhost/b/jwks'))
  await configure({ issuers: { 'a/token': {} }, maxOnDemandIssuers: 5 })

  expect([...hub.mounted.keys()]).toEqual(['/a/token', '/b'])
})

test('an issuer may lie under another where no endpoint is', async () => {
  const { hub } = await create({ issuers: { a: {}, 'a/b': {}, 'a/tokens': {} } })

  expect([...hub.mounted.keys()]).toEqual(['/a', '/a/b', '/a/tokens'])
})

test('refuses a path of more than 2,048 characters with 414, before it looks for an issuer', async () => {
  const { hub } = await create({ maxOnDemandIssuers: 1 })

  expect((await hub.handle(new Request(`http://localhost/x/${'a'.repeat(2_046)}`))).status).toBe(414)
  expect((await hub.handle(new Request(`http://localhost/x/${'a'.repeat(2_045)}`))).status).toBe(404)
})

test('names the issuer whose option cannot be used, with the place in it', async () => {
  const refused = create({ issuers: { a: {}, 'b/c': { clients: [{ clientId: 'app', redirectUris: ['/callback'] }] } } })

  await expect(refused).rejects.toThrow('The option "issuers["b/c"].clients[0].redirectUris[0]" must be an absolute URI')
})
