import { Agent, get } from 'node:http'
import { expect, test } from 'vitest'
import { takePort } from '../../../test/taken-port.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

test('names the issuer after its socket, on loopback and on a free port', async () => {
  const issuer = await createMockIssuer()
  await using server = await issuer.listen()

  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  expect(issuer.issuer).toBe(server.url)
  const metadata = await (await fetch(`${server.url}/.well-known/openid-configuration`)).json()
  expect(metadata).toMatchObject({ issuer: server.url, jwks_uri: `${server.url}/jwks` })
})

test('keeps a name that was given', async () => {
  const issuer = await createMockIssuer({ issuer: 'https://login.example.com/' })
  await using server = await issuer.listen()

  const metadata = await (await fetch(`${server.url}/.well-known/openid-configuration`)).json()
  expect(metadata).toMatchObject({ issuer: 'https://login.example.com/', jwks_uri: 'https://login.example.com/jwks' })
})

test('does not rename an issuer whose name is in use, and leaves no socket behind', async () => {
  const issuer = await createMockIssuer()
  await issuer.accessToken()

  await expect(issuer.listen()).rejects.toMatchObject({ name: 'MockIssuerError', code: 'issuer_name_in_use' })
  await expect(issuer.listen()).rejects.toMatchObject({ code: 'issuer_name_in_use' })
  expect(issuer.issuer).toBe('http://localhost/mock-issuer')
})

test('listens once at a time', async () => {
  const issuer = await createMockIssuer()
  await using first = await issuer.listen()

  await expect(issuer.listen()).rejects.toMatchObject({ code: 'already_listening' })
  expect((await fetch(`${first.url}/jwks`)).status).toBe(200)
})

test('goes away and comes back under the same name', async () => {
  const issuer = await createMockIssuer()
  const first = await issuer.listen()
  const before = await (await fetch(`${first.url}/jwks`)).json()
  await first.close()
  await first.close()
  await expect(fetch(`${first.url}/jwks`)).rejects.toThrow(TypeError)

  await using second = await issuer.listen()
  expect(second.url).toBe(first.url)
  expect(await (await fetch(`${second.url}/jwks`)).json()).toEqual(before)
  await first.close()
  await expect(issuer.listen()).rejects.toMatchObject({ code: 'already_listening' })
})

test('ends kept-alive connections when it closes', async () => {
  const issuer = await createMockIssuer()
  const server = await issuer.listen()
  const agent = new Agent({ keepAlive: true })
  const socket = await new Promise<NodeJS.EventEmitter>((resolve) => {
    get(`${server.url}/jwks`, { agent }, (response) => {
      const { socket: used } = response
      response.resume().on('end', () => resolve(used))
    })
  })
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve('closed'))
  })
  await issuer[Symbol.asyncDispose]()

  expect(await closed).toBe('closed')
  agent.destroy()
})

test('reports a port that is taken, and can listen elsewhere then', async () => {
  await using other = await takePort()
  const issuer = await createMockIssuer()

  await expect(issuer.listen({ port: other.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await using server = await issuer.listen()
  expect(server.port).not.toBe(other.port)
})

test('answers as it does without a socket, and leaves the globals of the process alone', async () => {
  const globals = [globalThis.Request, globalThis.Response]
  const issuer = await createMockIssuer({ now: () => 1_800_000_000_000 })
  await using server = await issuer.listen()

  for (const [method, path] of [
    ['GET', '/jwks'],
    ['HEAD', '/jwks'],
    ['GET', '/token'],
    ['GET', '/userinfo'],
    ['OPTIONS', '/token'],
    ['GET', '/x'],
  ]) {
    const [over, within] = await Promise.all([
      fetch(server.url + path, { method: method ?? '' }),
      issuer.fetch(server.url + path, { method: method ?? '' }),
    ])
    expect(over.status).toBe(within.status)
    for (const [name, value] of within.headers) expect({ name, value: over.headers.get(name) }).toEqual({ name, value })
    expect(await over.text()).toBe(await within.text())
  }
  expect([globalThis.Request, globalThis.Response]).toEqual(globals)
})

test('answers a body that is too long over a socket too, and goes on', async () => {
  const issuer = await createMockIssuer()
  await using server = await issuer.listen()
  const body = new URLSearchParams({ padding: 'x'.repeat(1_000_000) })

  expect((await fetch(`${server.url}/token`, { method: 'POST', body })).status).toBe(413)
  expect((await fetch(`${server.url}/jwks`)).status).toBe(200)
})
