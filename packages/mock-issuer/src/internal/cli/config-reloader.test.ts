import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config } from '../config/config-schema.js'
import { hubFromConfig } from '../config/hub-from-config.js'
import { createHostUrl } from '../hub/host-url.js'
import { createIssuerHub } from '../hub/issuer-hub.js'
import { createConfigReloader } from './config-reloader.js'

let file = ''
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'mock-issuer-')), 'issuer.json')
})
afterAll(() => rm(join(file, '..'), { recursive: true }))

async function start(config: Config) {
  const hub = createIssuerHub(createHostUrl())
  await hub.configure(hubFromConfig(config, false))
  let told = ''
  const stream = { write: (text: string) => (told += text) }
  const reload = createConfigReloader({ file, config, hub, hasDashboard: false, io: { stdout: stream, stderr: stream } })
  const change = async (content: unknown): Promise<string> => {
    told = ''
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    await reload()
    return told.replaceAll(file, 'issuer.json')
  }
  return { hub, change }
}

const closing = 'All else stays, keys and tokens too.\n'

test('tells which members changed, and which issuers have other keys or tokens', async () => {
  const { change } = await start({ port: 9000, issuers: { a: {}, b: {} } })

  expect(await change({ port: 9001, issuers: { a: { algorithm: 'EdDSA', refreshTokenTtlSeconds: 5 }, c: {} } })).toBe(
    `issuer.json was taken over:
  port: 9000 → 9001, from the next start on
  issuers.a.algorithm is new
  issuers.a.refreshTokenTtlSeconds is 5 now
  issuers.b is gone
  issuers.c is new
  http://localhost/a signs with a new key, for EdDSA; the old ones still verify
  http://localhost/a forgot its refresh tokens and codes, which have another lifetime now
  http://localhost/c is new, with keys of its own
  http://localhost/b is gone, with its keys and tokens
${closing}`,
  )
  expect(await change({ port: 9001, issuers: { a: { issuer: 'https://login.example.com/a', algorithm: 'EdDSA' }, c: {} } })).toContain(
    '  https://login.example.com/a has new keys, and forgot the tokens of http://localhost/a\n',
  )
})

test('says and does nothing when nothing changed', async () => {
  const { hub, change } = await start({ users: [{ sub: 'john' }], port: 9000 })
  const before = hub.mounted

  expect(await change('{ "port": 9000,\n  "users": [ { "sub": "john" } ] }')).toBe('')
  expect(hub.mounted).toBe(before)
})

test('goes on with what it has while the file is broken, says so, and says when it can be used again', async () => {
  const { hub, change } = await start({ users: [{ sub: 'john' }] })
  const before = hub.mounted

  expect(await change('{ "users": [')).toBe(
    'issuer.json cannot be used:\n  It is not JSON: line 1, character 13: a value or "]" must stand here, but the file ends.\n' +
      '    1 | { "users": [\n                    ^\nWhat was read before goes on.\n',
  )
  expect(await change({ users: [] })).toContain('What was read before goes on.\n')
  expect(hub.mounted).toBe(before)
  expect(await change({ users: [{ sub: 'john' }] })).toBe('issuer.json can be used again, and nothing in it changed.\n')
  expect(await change({ users: [{ sub: 'john', name: 'John' }] })).toBe(`issuer.json was taken over:\n  users.john.name is new\n${closing}`)
})

test('tells of twenty changes, and of how many more there are', async () => {
  const { change } = await start({ users: [{ sub: 'john' }] })
  const claims = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`claim_${index}`, index]))
  const told = await change({ users: [{ sub: 'john', claims: { ...claims } }, ...Object.keys(claims).map((sub) => ({ sub }))] })

  expect(told.split('\n')).toHaveLength(24)
  expect(told).toContain('\n  and 6 more\n')
})
