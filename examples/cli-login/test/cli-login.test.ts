import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../src/run-command.js'
import { createSessionFile } from '../src/session-file.js'
import { createShopClient } from '../src/shop-client.js'

let issuer: MockIssuer
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-'))
  issuer = await createMockIssuer({
    accessTokenTtlSeconds: 60,
    pollingIntervalSeconds: 1,
    clients: [
      {
        clientId: 'shop-cli',
        grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        redirectUris: ['http://127.0.0.1/callback'],
      },
    ],
  })
  await issuer.listen()
})
afterEach(async () => {
  await issuer[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const path = () => join(folder, 'home', 'session.json')

/** Runs a command of the tool, whose user logs in as john in the browser. */
async function shop(command: string, openBrowser: ((url: string) => Promise<void>) | undefined = browse) {
  const lines: string[] = []
  const client = createShopClient(issuer.issuer)
  const session = createSessionFile(path(), client)
  const exitCode = await runCommand(command, { client, session, openBrowser, print: (line) => lines.push(line) })
  return { exitCode, output: lines.join('\n'), lines }
}

async function browse(address: string): Promise<void> {
  const toLogin = await fetch(address, { redirect: 'manual' })
  const answer = await fetch(toLogin.headers.get('location') ?? '', { headers: { 'mock-user': 'john' }, redirect: 'manual' })
  await fetch(answer.headers.get('location') ?? '')
}

test('logs in, knows who it is in the next run, and logs out', async () => {
  expect(await shop('whoami')).toMatchObject({ exitCode: 1, output: 'You are not logged in. Log in: shop login' })
  const { exitCode, output } = await shop('login')
  expect(exitCode).toBe(0)
  expect(output).toContain('You are logged in as john.')
  expect(await shop('whoami')).toMatchObject({ exitCode: 0, output: 'John (john)' })
  expect(await shop('logout')).toMatchObject({ exitCode: 0, output: 'You are logged out.' })
  expect((await shop('whoami')).exitCode).toBe(1)
})

test('keeps the session where only the user can read it, and shows no token', async () => {
  const { output } = await shop('login')
  expect((await stat(path())).mode & 0o777).toBe(0o600)
  const { accessToken, refreshToken } = JSON.parse(await readFile(path(), 'utf8')) as Record<string, string>
  expect(output).not.toContain(accessToken)
  expect(output).not.toContain(refreshToken)
})

test('renews an access token that has expired, and keeps the new refresh token', async () => {
  await shop('login')
  const before = JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>
  await writeFile(path(), JSON.stringify({ ...before, expiresAt: 1, receivedAt: 0 }))
  expect((await shop('whoami')).output).toBe('John (john)')
  const after = JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>
  expect(after['refreshToken']).not.toBe(before['refreshToken'])
})

test('says that a session has ended', async () => {
  await shop('login')
  const before = JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>
  await writeFile(path(), JSON.stringify({ ...before, expiresAt: 1, receivedAt: 0, refreshToken: 'another' }))
  expect(await shop('whoami')).toMatchObject({ exitCode: 1, output: 'Your session has ended. Log in again: shop login' })
})

test('logs in by a code where there is no browser', async () => {
  const client = createShopClient(issuer.issuer)
  const lines: string[] = []
  const print = (line: string) => {
    lines.push(line)
    const code = /type ([A-Z-]+)$/.exec(line)?.[1]
    if (code !== undefined) void issuer.device.approve(code, { sub: 'jane' })
  }
  const session = createSessionFile(path(), client)
  expect(await runCommand('login', { client, session, openBrowser: undefined, print })).toBe(0)
  expect(lines).toEqual([
    expect.stringMatching(/^Open http:\S+\/device on any device, and type [A-Z]{4}-[A-Z]{4}$/),
    'You are logged in as jane.',
  ])
})

test('runs as a program, with its exit code', async () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@bailiwick/source', '--import', 'tsx', main, 'whoami'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ISSUER: issuer.issuer, SHOP_HOME: folder },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(output).toBe('You are not logged in. Log in: shop login\n')
})

test.each(['', 'constructor', 'help'])('shows how it is used instead of running "%s"', async (command) => {
  expect(await shop(command)).toMatchObject({ exitCode: 2, output: 'Usage: shop login | whoami | logout' })
})
