import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCommand } from '../../../test/command-run.js'
import type { CommandRun } from '../../../test/command-run.js'
import { takePort } from '../../../test/taken-port.js'
import { createServerCertificate } from '../certificates/server-certificate.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-issuer-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function urlOf(run: CommandRun): Promise<string> {
  return (await run.printed(/(?:Issuer|Index) +(http:\S+?)\/?\n/))[1] ?? ''
}

async function end(run: CommandRun): Promise<number> {
  run.stop()
  return run.exitCode
}

describe('the command', () => {
  test('serves an issuer until it is stopped, and leaves no socket behind', async () => {
    const run = startCommand(['--port', '0'])
    const url = await urlOf(run)
    const document = (await (await fetch(`${url}/.well-known/openid-configuration`)).json()) as { issuer: string }
    expect(document.issuer).toBe(url)
    expect((await fetch(`${url}/`)).url).toBe(`${url}/dashboard`)
    expect(await end(run)).toBe(0)
    await expect(fetch(`${url}/jwks`)).rejects.toThrow(TypeError)
  })

  test('serves what a configuration says, and prefers what the command line says', async () => {
    const config = await file('many.json', { port: 1, issuers: { a: {}, b: { audience: 'b-api' } }, dashboard: false })
    const run = startCommand(['--config', config, '--port', '0'])
    const url = await urlOf(run)
    expect(await (await fetch(`${url}/`)).json()).toMatchObject({ issuers: [{ issuer: `${url}/a` }, { issuer: `${url}/b` }] })
    expect((await fetch(`${url}/a/dashboard`)).status).toBe(404)
    expect(await end(run)).toBe(0)
  })

  test('takes a module, with what JSON cannot say', async () => {
    const config = await file(
      'issuer.mjs',
      'export default { port: 0, now: () => 1_000, contract: { audience: "orders-api", scopes: {}, x: 1 } }',
    )
    const run = startCommand(['--config', config])
    expect((await fetch(`${await urlOf(run)}/jwks`)).status).toBe(200)
    expect(await end(run)).toBe(0)
  })

  test('prints a line for each request when asked to, without the query', async () => {
    const run = startCommand(['--port', '0', '--verbose'])
    const url = await urlOf(run)
    await fetch(`${url}/userinfo?access_token=secret`)
    await run.printed(/^\d\d:\d\d:\d\d\.\d{3} {2}401 {2}GET \/userinfo {2}\d+ ms$/m)
    expect(run.out()).not.toContain('secret')
    await end(run)
  })

  test('serves HTTPS, and writes down what clients must trust', async () => {
    const path = join(folder, 'certificate.pem')
    const run = startCommand(['--port', '0', '--https', '--write-certificate', path])
    const url = (await run.printed(/Issuer +(https:\S+)\n/))[1] ?? ''
    const ca = await readFile(path, 'utf8')
    const status = await new Promise((resolve, reject) => {
      get(`${url}/jwks`, { ca }, ({ statusCode }) => resolve(statusCode)).on('error', reject)
    })
    expect(status).toBe(200)
    await end(run)
  })

  test('serves HTTPS as a configuration says, with files from its folder on, unless the command line says otherwise', async () => {
    const made = await createServerCertificate('127.0.0.1')
    await file('own-key.pem', made.key)
    await file('own-cert.pem', made.cert)
    const config = await file('https.json', { port: 0, https: { keyFile: 'own-key.pem', certFile: 'own-cert.pem' } })
    const written = join(folder, 'written.pem')
    const run = startCommand(['--config', config, '--write-certificate', written])
    await run.printed(/Issuer +https:\/\/127\.0\.0\.1:\d+\n/)
    expect(await readFile(written, 'utf8')).toBe(made.cert)
    await end(run)

    const plain = startCommand(['--config', config, '--no-https'])
    expect((await fetch(`${await urlOf(plain)}/jwks`)).status).toBe(200)
    await end(plain)
  })

  test('has no dashboard where others could reach it, unless it is told to', async () => {
    for (const [args, status] of [
      [[], 404],
      [['--dashboard'], 200],
    ] as const) {
      const run = startCommand(['--port', '0', '--host', '0.0.0.0', ...args])
      expect((await fetch(`${await urlOf(run)}/dashboard`)).status).toBe(status)
      await end(run)
    }
  })

  test.each([
    [['--help'], /Usage\n {2}bailiwick-mock-issuer \[options\]/],
    [['--version'], /^\d+\.\d+\.\d+\S*\n$/],
    [['--print-schema'], /"\$schema": "https:\/\/json-schema.org/],
    [['attack', '--help'], /attack --url/],
  ])('answers %j and ends', async (args, expected) => {
    const run = startCommand(args)
    expect(await run.exitCode).toBe(0)
    expect(run.out()).toMatch(expected)
    expect(run.err()).toBe('')
  })
})

describe('the command ends with 2 and says why', () => {
  async function failure(args: readonly string[]): Promise<string> {
    const run = startCommand(args)
    expect(await run.exitCode).toBe(2)
    expect(run.out()).toBe('')
    return run.err()
  }

  test('when the port is taken', async () => {
    await using other = await takePort()
    expect(await failure(['--port', String(other.port)])).toBe(
      `Something listens on port ${other.port} of 127.0.0.1 already. Stop it, or choose another port with --port; 0 is for any that is free.\n`,
    )
  })

  test('when the address is not one of this machine', async () => {
    expect(await failure(['--port', '0', '--host', '192.0.2.1'])).toContain('192.0.2.1 is no address of this machine.')
  })

  test('when a file of HTTPS cannot be read', async () => {
    const message = await failure(['--port', '0', '--https-key', join(folder, 'no.pem'), '--https-cert', join(folder, 'no.pem')])
    expect(message).toContain('The file of --https-key cannot be read: ENOENT')
  })

  test('when a file of HTTPS is no key', async () => {
    const pem = await file('not-a-key.pem', 'nothing')
    expect(await failure(['--port', '0', '--https-key', pem, '--https-cert', pem])).toMatch(/^The option "https/)
  })

  test.each([
    [{ keyFile: 'no.pem', certFile: 'no.pem' }, 'The file of https.keyFile in '],
    [{ key: 'k', keyFile: 'no.pem', cert: 'c' }, 'https: has both key and keyFile; leave one out'],
    [{ key: 'k' }, 'bad-https.json cannot be used:\n  https: has key without cert; name both, or neither for ones that are made'],
    [{ keyFile: 'no.pem' }, 'https: has keyFile without certFile; name both'],
    [{ certFile: 'no.pem' }, 'https: has certFile without keyFile; name both'],
    [{ cert: 'c', caFile: 'no.pem' }, 'https: has cert without key; name both'],
    [{ caFile: 'no.pem' }, 'The file of https.caFile in '],
  ])('when the configuration has HTTPS by %j', async (https, expected) => {
    expect(await failure(['--config', await file('bad-https.json', { https }), '--port', '0'])).toContain(expected)
  })

  test('when the certificate of a server without HTTPS is to be written', async () => {
    const args = ['--config', await file('plain.json', {}), '--port', '0', '--write-certificate', join(folder, 'none.pem')]
    const run = startCommand(args)
    expect(await run.exitCode).toBe(2)
    expect(run.err()).toBe('--write-certificate is about HTTPS: add --https.\n')
  })

  test.each([
    ['absent.json', undefined, 'There is no such file.'],
    [
      'broken.json',
      '{ "port": }',
      'It is not JSON: line 1, character 11: a value must stand here.\n    1 | { "port": }\n                  ^',
    ],
    ['wrong.json', { prot: 9000, clients: [{}] }, 'clients[0].clientId: is missing'],
    ['unusable.json', { clients: [] }, 'The option "clients" must be a list with at least one entry'],
    ['two.json', { issuers: { a: {}, '/a': {} } }, 'An issuer is at "/a" already'],
    ['issuer.yaml', 'port: 9000', 'Its name ends neither in .json nor in .js or .mjs'],
    ['no-default.mjs', 'export const port = 9000', 'It has no default export'],
    ['throws.mjs', 'throw new Error("no database")', 'It cannot be imported: no database'],
    ['large.json', ' '.repeat(1_048_577), 'It is longer than 1048576 bytes.'],
  ])('when the configuration is %s', async (name, content, expected) => {
    const path = content === undefined ? join(folder, name) : await file(name, content)
    const message = await failure(['--config', path, '--port', '0'])
    expect(message.startsWith(`${path} cannot be used:\n  `)).toBe(true)
    expect(message).toContain(expected)
  })
})

describe('--watch', () => {
  test('takes a change over: the socket, the keys and the tokens stay', async () => {
    const config = await file('watched.json', { port: 0, issuers: { a: {}, b: {} } })
    const run = startCommand(['--config', config, '--watch'])
    const url = await urlOf(run)
    const keys = await (await fetch(`${url}/a/jwks`)).text()
    const credentials = { authorization: `Basic ${btoa('service:service-secret')}` }
    const granted = await fetch(`${url}/a/token`, {
      method: 'POST',
      headers: credentials,
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const { access_token: token } = (await granted.json()) as { access_token: string }

    await file('watched.json', { port: 0, issuers: { a: { accessTokenTtlSeconds: 7 }, c: {} } })
    await run.printed(/was taken over/)
    expect(await (await fetch(`${url}/a/jwks`)).text()).toBe(keys)
    const introspected = await fetch(`${url}/a/introspect`, { method: 'POST', headers: credentials, body: new URLSearchParams({ token }) })
    expect(await introspected.json()).toMatchObject({ active: true })
    const again = await fetch(`${url}/a/token`, {
      method: 'POST',
      headers: credentials,
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    expect(await again.json()).toMatchObject({ expires_in: 7 })
    expect([(await fetch(`${url}/b/jwks`)).status, (await fetch(`${url}/c/jwks`)).status]).toEqual([404, 200])
    await end(run)
  })

  test('goes on with what it has when a change cannot be used, and takes the next one', async () => {
    const config = await file('mended.json', { port: 0 })
    const run = startCommand(['--config', config, '--watch'])
    const url = await urlOf(run)

    await file('mended.json', { port: 0, lax: ['everything'] })
    await run.printed(/mended\.json cannot be used:\n {2}lax\[0\]: .*\nWhat was read before goes on\./)
    expect((await fetch(`${url}/jwks`)).status).toBe(200)

    await file('mended.json', { port: 5, lax: ['pkce-plain'] })
    await run.printed(/was taken over:\n {2}port: 0 → 5, from the next start on\n {2}lax is new\n/)
    expect((await fetch(`${url}/jwks`)).status).toBe(200)
    await end(run)
  })
})
