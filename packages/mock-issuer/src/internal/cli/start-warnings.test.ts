import { expect, test } from 'vitest'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCommand } from '../../../test/command-run.js'
import { createIssuerHub } from '../hub/issuer-hub.js'
import { createStartWarnings } from './start-warnings.js'

async function start(config: object) {
  const file = join(await mkdtemp(join(tmpdir(), 'mock-issuer-')), 'issuer.json')
  await writeFile(file, JSON.stringify(config))
  const run = startCommand(['--port', '0', '--config', file])
  await run.printed(/Ctrl\+C/)
  run.stop()
  await run.exitCode
  return run
}

test('warns after a change of the configuration of what is new alone', async () => {
  const written: string[] = []
  const hub = createIssuerHub({ read: () => 'http://127.0.0.1:9000', adopt: () => {} })
  const warn = createStartWarnings({ hub, write: (line) => written.push(line) })
  const configure = async (...clientIds: string[]) => {
    const clients = clientIds.map((clientId) => ({ clientId }))
    await hub.configure({ issuers: { '': { clients } }, defaults: {}, maxOnDemandIssuers: 0 })
    warn()
    return written.splice(0).map((line) => /^Warning: The client "(.+)" can do nothing/.exec(line)?.[1])
  }

  expect(await configure('a')).toEqual(['a'])
  expect(await configure('a', 'b')).toEqual(['b'])
  expect(await configure('b')).toEqual([])
  expect(await configure('a')).toEqual(['a'])
})

const contract = { audience: 'orders-api', scopes: { orders_read: {} } }

test('warns on the standard error of a scope that the contract does not have', async () => {
  const run = await start({ contract, clients: [{ clientId: 'app', redirectUris: ['https://app.example.com/'], scopes: ['orders_reed'] }] })

  expect(run.err()).toBe(
    'Warning: The client "app" has the scope "orders_reed", which the contract does not have, so it is never granted. Did you mean "orders_read"?\n',
  )
  expect(run.out()).not.toContain('Warning')
})

test('says which of several issuers a warning is about', async () => {
  const run = await start({ contract, issuers: { a: {}, b: { clients: [{ clientId: 'app' }] } } })

  expect(run.err()).toMatch(/^Warning: The client "app" can do nothing: .* \(http:\/\/127\.0\.0\.1:\d+\/b\)\n$/)
})

test('warns of nothing when all can work', async () => {
  expect((await start({ contract })).err()).toBe('')
})
