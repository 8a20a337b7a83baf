import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runAttackCommand } from './attack-command.js'

const few = 'algNone,jku,expiredBy,twoAuthorizationHeaders,tokenInQuery,hugeToken'
let issuerPort: number
let strict: Server
let gullible: Server

/** An API that trusts the issuer of the command, which is not there yet. */
async function serveApi(verify: (token: string) => Promise<unknown>): Promise<Server> {
  const server = createServer((request, response) => {
    const [credentials = '', ...more] = request.headersDistinct['authorization'] ?? []
    const [scheme = '', token = ''] = credentials.split(' ')
    const refuse = (status: number, challenge: string) => response.writeHead(status, { 'www-authenticate': challenge }).end()
    if (more.length > 0) refuse(400, 'Bearer error="invalid_request"')
    else if (scheme.toLowerCase() === 'bearer') {
      verify(token).then(
        () => response.end('[]'),
        () => refuse(401, 'Bearer error="invalid_token"'),
      )
    } else refuse(401, 'Bearer')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

beforeAll(async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  issuerPort = (free.address() as AddressInfo).port
  await close(free)

  const issuer = `http://127.0.0.1:${issuerPort}`
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), { cooldownDuration: 0, cacheMaxAge: 0 })
  strict = await serveApi((token) => jwtVerify(token, keys, { issuer, audience: 'orders-api', typ: 'at+jwt' }))
  // Follows wherever a token points, and verifies it with what is there.
  gullible = await serveApi(async (token) => {
    const { jku = `${issuer}/jwks` } = decodeProtectedHeader(token)
    await jwtVerify(token, createRemoteJWKSet(new URL(jku)), { issuer, audience: 'orders-api', typ: 'at+jwt' })
  })
})
afterAll(async () => {
  await close(strict)
  await close(gullible)
})

async function run(args: readonly string[], terminal: { isTTY?: boolean; columns?: number } = {}, env: Record<string, string> = {}) {
  const written = { stdout: '', stderr: '' }
  const io = {
    stdout: { ...terminal, write: (text: string) => (written.stdout += text) },
    stderr: { write: (text: string) => (written.stderr += text) },
    env,
    untilStopped: async () => {},
  }
  const code = await runAttackCommand(['--issuer-port', String(issuerPort), '--audience', 'orders-api', '--wait-seconds', '0', ...args], io)
  return { code, ...written }
}

test('ends with 0 when nothing is let in, and says who it is and whom it waits for', async () => {
  const { code, stdout, stderr } = await run(['--url', urlOf(strict), '--only', few])
  expect(stdout).toContain('None of 21 forgeries was let in, 1 refused with another answer.')
  expect(stdout).not.toContain('\u001b[')
  expect(stderr).toBe(`The issuer is http://127.0.0.1:${issuerPort}. Waiting for GET ${urlOf(strict)} to let a good token in.\n`)
  expect(code).toBe(0)
})

test('serves the keys of the attacker, so that an API that goes there is found out', async () => {
  const { code, stdout } = await run(['--url', urlOf(gullible), '--only', 'jku,unknownCrit', '--format', 'json'])
  const outcomes = JSON.parse(stdout).results.map((result: { variant: string; outcome: string }) => [result.variant, result.outcome])
  expect(Object.fromEntries(outcomes)).toMatchObject({
    attackersKid: 'let_in',
    issuersKid: 'lured',
    noKid: 'let_in',
    extension: 'as_expected',
  })
  expect(code).toBe(1)
})

test('lets what is less severe than asked for pass', async () => {
  const options = ['--url', urlOf(strict), '--only', 'expMilliseconds']
  expect((await run(options)).code).toBe(1)
  expect((await run([...options, '--fail-on', 'serious'])).code).toBe(0)
})

test('colours a terminal, unless NO_COLOR says not to', async () => {
  const options = ['--url', urlOf(strict), '--only', 'algNone']
  expect((await run(options, { isTTY: true, columns: 120 })).stdout).toContain('\u001b[32m✓\u001b[39m a good token is let in')
  expect((await run(options, { isTTY: true }, { NO_COLOR: '1' })).stdout).not.toContain('\u001b[')
  expect((await run(options, { isTTY: true }, { NO_COLOR: '' })).stdout).toContain('\u001b[')
})

test('writes JUnit to a file, and a sentence to the terminal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attack-'))
  const output = join(folder, 'attack.xml')
  const { code, stdout } = await run(['--url', urlOf(strict), '--only', 'algNone', '--format', 'junit', '--output', output])
  const xml = await readFile(output, 'utf8')
  await rm(folder, { recursive: true })
  expect(stdout).toBe(`None of 6 forgeries was let in. The report is in ${output}.\n`)
  expect(xml).toContain('tests="7" failures="0" errors="0" skipped="0"')
  expect(code).toBe(0)
})

test('says how it is used', async () => {
  const { code, stdout } = await run(['--help'])
  expect(stdout).toContain('Usage: bailiwick-mock-issuer attack --url <url> [options]')
  expect(code).toBe(0)
})

describe('ends with 2 when it cannot be run:', () => {
  test.each([
    [[], '--url must be given: the route to attack.'],
    [['--url', 'http://127.0.0.1:1/'], 'There is no answer from http://127.0.0.1:1/'],
    [['--url', 'orders'], '--url must be an http or https URL, not "orders".'],
    [['--url', 'http://127.0.0.1:1/', '--claims', '[]'], '--claims must be a JSON object'],
    [['--url', 'http://127.0.0.1:1/', '--claims', '{'], '--claims must be a JSON object'],
    [['--url', 'http://127.0.0.1:1/', '--format', 'xml'], '--format must be one of table, json, junit, not "xml".'],
    [['--url', 'http://127.0.0.1:1/', '--header', 'x'], '--header must be a name and a value with a colon between them.'],
    [['--url', 'http://127.0.0.1:1/', '--concurrency', 'many'], '--concurrency must be a whole number, not "many".'],
    [['--url', 'http://127.0.0.1:1/', '--only', 'nothing'], '--only must be names of forgeries; "nothing" is none.'],
    [
      ['--url', 'http://127.0.0.1:1/', '--only', 'algNon,jku'],
      '--only must be names of forgeries; "algNon" is none. Did you mean algNone?',
    ],
    [['--url', 'localhost:3000/orders'], 'not "localhost:3000/orders". Did you mean http://localhost:3000/orders?'],
    [['--url', 'http://127.0.0.1:1/', '--timeout-ms', '0'], '--timeout-ms must be a whole number of milliseconds'],
    [['--url', 'http://127.0.0.1:1/', '--header', 'Cookie: a'], '--header must be free of authorization and cookie'],
    [['--url', 'http://127.0.0.1:1/', '--issuer-port', '65536'], '--issuer-port must be a port, from 0 to 65535, not "65536".'],
    [['--nothing'], "Unknown option '--nothing'. See attack --help."],
    [['--scopes', 'orders_read'], "Unknown option '--scopes'. Did you mean --scope? See attack --help."],
    [['http://127.0.0.1:1/'], "Unexpected argument 'http://127.0.0.1:1/'. The route goes behind --url. See attack --help."],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await run(args)
    expect(stderr).toContain(`The attack could not be run. `)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('the API expects another audience', async () => {
    const { code, stderr } = await run(['--url', urlOf(strict), '--audience', 'billing-api'])
    expect(stderr).toContain('It has the keys of the issuer, so look at what it expects')
    expect(code).toBe(2)
  })
})

test('checks everything before it listens, waits or writes', async () => {
  const { code, stderr } = await run(['--url', urlOf(strict), '--only', 'algNon', '--output', join(tmpdir(), 'no such folder', 'a.xml')])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'The attack could not be run. --only must be names of forgeries; "algNon" is none. Did you mean algNone?\n',
  })
})

test('says what the API answers while it waits, and what may be wrong once', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  vi.setTimerTickMode('nextTimerAsync')
  const { code, stderr } = await run(['--url', 'http://127.0.0.1:1/', '--wait-seconds', '6']).finally(() => vi.useRealTimers())
  const [, first, second, ...rest] = stderr.split('\n')
  expect(first).toBe(
    '0 s: There is no answer from http://127.0.0.1:1/: connect ECONNREFUSED 127.0.0.1:1. Start the API, or correct the URL.',
  )
  expect(second).toBe('5 s: There is no answer from http://127.0.0.1:1/: connect ECONNREFUSED 127.0.0.1:1.')
  expect(rest[0]).toContain('The attack could not be run. There is no answer')
  expect(code).toBe(2)
})

test('says which port is taken, and which option changes it', async () => {
  const other = createServer().listen(issuerPort, '127.0.0.1')
  await once(other, 'listening')
  const { code, stderr } = await run(['--url', urlOf(strict)])
  await close(other)
  expect(stderr).toContain(`Something listens on port ${issuerPort} of 127.0.0.1 already`)
  expect(stderr).toContain('choose another port with --issuer-port')
  expect(code).toBe(2)
})

test('attacks nothing when the report could not be written', async () => {
  let asked = 0
  strict.on('request', () => asked++)
  const { code, stdout, stderr } = await run(['--url', urlOf(strict), '--output', join(tmpdir(), 'no such folder', 'attack.xml')])
  expect({ code, stdout, asked }).toEqual({ code: 2, stdout: '', asked: 0 })
  expect(stderr).toMatch(/^The attack could not be run\. ENOENT/)
})
