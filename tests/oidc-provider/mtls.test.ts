import { createHash } from 'node:crypto'
import { Agent, request as openRequest } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { createIntrospectionVerifier, createJwtVerifier, type JwtVerifierOptions } from '@bailiwick/verifier'
import { decodeJwt } from 'jose'
import { TlsClientAuth } from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.js'
import { type OrdersApi, startOrdersApi } from './orders-api.js'
import { ordersAudience, type Resource, resources } from './resources.js'
import { createSelfSignedCertificate, type SelfSignedCertificate } from './self-signed-certificate.js'
import { createTlsFetch, type TlsFetch } from './tls-fetch.js'
import { createTokenClient, type TokenClient } from './token-client.js'

const serverCertificate = createSelfSignedCertificate('127.0.0.1')
const clients = { wallet: createSelfSignedCertificate('wallet'), ordersCertificate: createSelfSignedCertificate('orders-api') }
const stranger = createSelfSignedCertificate('wallet')

let server: AuthorizationServer
let wallet: TokenClient
const opened: TlsFetch[] = []

/** A `fetch` that presents a certificate, or none. */
function fetchWith(client?: SelfSignedCertificate): TlsFetch['fetch'] {
  const tls = createTlsFetch({ server: serverCertificate, client })
  opened.push(tls)
  return tls.fetch
}

const trusting = fetchWith()
const asWallet = fetchWith(clients.wallet)
const asStranger = fetchWith(stranger)
const asOrdersApi = fetchWith(clients.ordersCertificate)

interface Kind {
  readonly resource: Resource
  verifier(senderConstraint?: JwtVerifierOptions['senderConstraint']): AccessTokenVerifier
}

const jwt: Kind = {
  resource: resources.orders,
  verifier: (senderConstraint) =>
    createJwtVerifier({ issuer: server.issuer, audience: ordersAudience, profile: 'rfc9068', fetch: trusting, senderConstraint }),
}

/** The API asks over a connection with a certificate of its own, and has nothing else to authenticate with. */
function opaque(response: 'json' | 'signed', fetch = asOrdersApi): Kind {
  return {
    resource: resources.ordersOpaque,
    verifier: (senderConstraint) =>
      createIntrospectionVerifier({
        issuer: server.issuer,
        audience: ordersAudience,
        response,
        client: { clientId: server.clients.ordersCertificate.id, authentication: { method: 'self_signed_tls_client_auth' } },
        fetch,
        senderConstraint,
      }),
  }
}

beforeAll(async () => {
  server = await startAuthorizationServer({ tls: { server: serverCertificate, clients } })
  const { id } = server.clients.wallet
  wallet = await createTokenClient({ issuer: server.issuer, clientId: id, authentication: TlsClientAuth(), fetch: asWallet })
})
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  await server.close()
})

test('a JWT names the certificate that it is bound to by its hash', async () => {
  const { token } = await wallet.token({ resource: resources.orders })
  const thumbprint = createHash('sha256').update(clients.wallet.der).digest('base64url')
  expect(decodeJwt(token)).toMatchObject({ client_id: 'wallet', cnf: { 'x5t#S256': thumbprint } })
})

describe.each([
  ['a JWT', jwt],
  ['an opaque token', opaque('json')],
  ['an opaque token, of which signed answers tell,', opaque('signed')],
])('%s that is bound to the certificate of its client', (_name, { resource, verifier }) => {
  let api: OrdersApi
  let token: string

  beforeAll(async () => {
    api = await startOrdersApi({ tls: serverCertificate, verifier: () => verifier({ mtls: { from: 'connection' } }) })
    token = (await wallet.token({ resource })).token
  })
  afterAll(() => api.close())

  const ask = (fetch: TlsFetch['fetch'], scheme = 'Bearer') =>
    fetch(`${api.url}/accounts/42/orders`, { headers: { authorization: `${scheme} ${token}` } })

  test('is accepted over a connection with that certificate, again and again', async () => {
    for (let round = 0; round < 3; round += 1) {
      const response = await ask(asWallet)
      expect([response.status, await response.json()]).toEqual([200, { account: '42', kind: 'machine', clientId: 'wallet' }])
    }
    expect(api.outcomes()).toEqual(['allowed', 'allowed', 'allowed'])
  })

  test('is refused over a connection with another certificate of the same name, or with none', async () => {
    await ask(asWallet)
    const responses = [await ask(asStranger), await ask(trusting)]
    expect(responses.map(({ status }) => status)).toEqual([401, 401])
    for (const { headers } of responses) expect(headers.get('www-authenticate')).toMatch(/^Bearer realm=.*error="invalid_token"/)
    expect(api.outcomes()).toEqual(['allowed', 'certificate_mismatch', 'certificate_missing'])
  })

  test('is refused under the scheme DPoP', async () => {
    expect((await ask(asWallet, 'DPoP')).status).toBe(401)
    expect(api.outcomes()).toEqual(['scheme_unsupported'])
  })

  test('is not taken from a field that the client sends itself', async () => {
    const headers = {
      authorization: `Bearer ${token}`,
      'client-cert': `:${clients.wallet.der.toString('base64')}:`,
      'x-ssl-client-cert': encodeURIComponent(clients.wallet.certificatePem),
    }
    expect((await trusting(`${api.url}/accounts/42/orders`, { headers })).status).toBe(401)
    expect(api.outcomes()).toEqual(['certificate_missing'])
  })

  test('is accepted when the TLS session is resumed, where no certificate is sent again', async () => {
    const agent = new Agent({
      ca: serverCertificate.certificatePem,
      cert: clients.wallet.certificatePem,
      key: clients.wallet.privateKeyPem,
    })
    const visits: [number | undefined, boolean][] = []
    for (let round = 0; round < 2; round += 1) visits.push(await visit(agent))
    agent.destroy()
    expect(visits).toEqual([
      [200, false],
      [200, true],
    ])
  })

  /** The status of a request over a connection of its own, and whether that resumed a session. */
  function visit(agent: Agent): Promise<[status: number | undefined, isResumed: boolean]> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` }
      const request = openRequest(`${api.url}/accounts/42/orders`, { agent, headers }, (response) => {
        const socket = response.socket as TLSSocket
        response.resume().once('end', () => resolve([response.statusCode, socket.isSessionReused()]))
      })
      request.once('error', reject).end()
    })
  }

  test('is refused by a verifier that checks no certificates', async () => {
    await expect(verifier().verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'confirmation_unchecked' })
  })
})

test('an issuer whose certificate is not trusted is an outage, not a bad token', async () => {
  const { token } = await wallet.token({ resource: resources.orders })
  const elsewhere = createTlsFetch({ server: stranger })
  opened.push(elsewhere)
  const verifier = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience, fetch: elsewhere.fetch })
  await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'unavailable', code: 'keys_unavailable' })
})

test('an API that shows another certificate than its own is told nothing, and cannot decide', async () => {
  const { token } = await wallet.token({ resource: resources.ordersOpaque })
  for (const fetch of [asStranger, trusting]) {
    const verification = opaque('json', fetch).verifier().verify(token)
    await expect(verification).rejects.toMatchObject({ outcome: 'unavailable', code: 'introspection_unavailable' })
  }
})
