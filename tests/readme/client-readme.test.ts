import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import express, { type RequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fencedBlocks } from '../package-shape/doc-examples.js'
import { root } from '../package-shape/entry-points.js'

// Inside the workspace, so that what is pasted finds the packages; Git and Vitest do not look there.
const folder = join(root, 'tests/.cache/client-readme')
const { handle, sessions } = await pasteLogin()
const { logins } = await pasteExpress()

let issuer: MockIssuer
let interception: ReturnType<MockIssuer['interceptFetch']>

beforeEach(async () => {
  sessions.clear()
  issuer = await createMockIssuer({
    issuer: 'https://login.example.com',
    clients: [{ clientId: 'shop', clientSecret: 'kept in the environment', redirectUris: ['https://shop.example.com/callback'] }],
  })
  interception = issuer.interceptFetch()
})
afterEach(() => interception[Symbol.dispose]())

/** A login up to the callback: its URL, and the cookie that the browser has by then. */
async function comeBack(): Promise<{ callback: string; name: string; value: string }> {
  const started = await handle(new Request('https://shop.example.com/login?returnTo=/orders'))
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(started.headers.get('set-cookie') ?? '') ?? []
  const answer = await issuer.fetch(started.headers.get('location') ?? '', { headers: { 'mock-user': 'john' } })
  return { callback: answer.headers.get('location') ?? '', name, value }
}

const finish = (callback: string, cookie: string) => handle(new Request(callback, { headers: { cookie } }))

describe('the login that the README of the client shows', () => {
  test('logs in, goes on where the user wanted to, and forgets the attempt', async () => {
    const { callback, name, value } = await comeBack()
    const response = await finish(callback, `theme=dark; ${name}=${value}; other=1`)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('/orders')
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800$/),
      `${name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`,
    ])
    expect(sessions.size).toBe(1)
  })

  test.each(['x', 'other=1;x', 'other=1; x'])('does not take a cookie that somebody else could plant: %s__Host-login-…', async (before) => {
    const { callback, name, value } = await comeBack()
    expect((await finish(callback, `${before}${name}=${value}`)).status).toBe(400)
    expect(sessions.size).toBe(0)
  })

  test.each(['%', '%E0%A4%A', '%7B', 'a%zz'])('answers a cookie of the attempt that is "%s" as no login', async (value) => {
    const { callback, name } = await comeBack()
    expect((await finish(callback, `${name}=${value}`)).status).toBe(400)
  })

  test('shows a page to whoever has no attempt and no session, and lets those who have one go on', async () => {
    const { callback, name, value } = await comeBack()
    const [session = ''] = (await finish(callback, `${name}=${value}`)).headers.getSetCookie()
    expect((await finish(callback, '')).status).toBe(400)
    expect((await finish(callback, session.split(';')[0] ?? '')).status).toBe(302)
  })

  test('says that the server is down, and for how long to wait', async () => {
    issuer.faults.add({ endpoint: 'pushed-authorization-request', kind: 'status', status: 503 })
    const response = await handle(new Request('https://shop.example.com/login'))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  })
})

test('the login on Express that the docs of the client show logs in, and takes no cookie that was planted', async () => {
  const server = createServer(express().use(logins))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const started = await fetch(`${origin}/login`, { redirect: 'manual' })
    const [cookie = ''] = (started.headers.get('set-cookie') ?? '').split(';')
    const answer = await issuer.fetch(started.headers.get('location') ?? '', { headers: { 'mock-user': 'john' } })
    const { search } = new URL(answer.headers.get('location') ?? '')
    const ask = (value: string) => fetch(`${origin}/callback${search}`, { headers: { cookie: value }, redirect: 'manual' })
    expect((await ask(`x${cookie}`)).status).toBe(400)
    expect((await ask(`${cookie}%`)).status).toBe(400)
    expect((await ask(`a=b; ${cookie}`)).headers.get('location')).toBe('/')
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

interface PastedLogin {
  handle(request: Request): Promise<Response>
  readonly sessions: Map<string, string>
}

async function pasteLogin(): Promise<PastedLogin> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  return (await paste('README.md', 'login.ts', (code) => `${code}\nexport { client, sessions }\n`)) as PastedLogin
}

async function pasteExpress(): Promise<{ readonly logins: RequestHandler }> {
  const pasted = await paste('docs/logging-in.md', 'express.ts', (code) => `import { client } from './login.js'\n${code}`)
  return pasted as { logins: RequestHandler }
}

/** The block of a document that has the callback. */
async function paste(document: string, file: string, complete: (code: string) => string): Promise<unknown> {
  const blocks = fencedBlocks(document, await readFile(join(root, 'packages/client', document), 'utf8'), 1)
  const block = blocks.find(({ code }) => code.includes("'/callback'"))
  await writeFile(join(folder, file), complete(block?.code ?? ''))
  return import(/* @vite-ignore */ join(folder, file))
}
