import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createJwtVerifier } from '../src/jwt-verifier.js'
import { createRemoteJwks } from '../src/remote-jwks.js'
import { audience, claims, key } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await stop(server)
})

/** An issuer on a socket of this machine, with an entity tag on its key set. */
async function startIssuer() {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const asked = request.headers['if-none-match']
    requests.push(asked === undefined ? String(request.url) : `${request.url} unless ${asked}`)
    const body = request.url === '/jwks' ? { keys: [key.jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }
    response.writeHead(asked === '"v1"' ? 304 : 200, { 'content-type': 'application/json', etag: '"v1"' })
    response.end(asked === '"v1"' ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, issuer, requests }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

describe('an issuer on the network', () => {
  it('is discovered, asked whether its keys have changed, and outlived', async () => {
    const { server, issuer, requests } = await startIssuer()
    let time = Date.UTC(2026, 0, 1)
    const keys = createRemoteJwks({ issuer, now: () => time, cooldownMs: 1 })
    const verifier = createJwtVerifier({ issuer, audience, keys, now: () => time })
    const token = await key.sign({ ...claims, iss: issuer, exp: time / 1000 + 86_400 })

    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(requests).toEqual(['/.well-known/openid-configuration', '/jwks'])

    time += 600_000
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(requests[2]).toBe('/jwks unless "v1"')

    await stop(server)
    time += 600_000
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(keys.state()).toMatchObject({ failures: 1 })

    time += 3_600_000
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
  })
})
