import { createMemoryStore, type Store } from '@bailiwick/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDpopClient, dpop, type DpopClient } from './dpop-client.js'
import { resource } from './host.js'
import { hosts } from './hosts.js'
import { bearer, type Fields, type RawResponse } from './raw-request.js'
import { type ServedApi, serveApi } from './served-api.js'

const algorithms = ['ES256', 'EdDSA'] as const
const own = '/accounts/42/orders'

const realm = 'realm="orders-api"'
const metadata = `resource_metadata="${resource}/.well-known/oauth-protected-resource"`
const plainBearer = `Bearer ${realm}, ${metadata}`
const plainDpop = `DPoP ${realm}, ${metadata}, algs="ES256 EdDSA"`
const badToken = 'error="invalid_token", error_description="The access token is invalid or has expired."'
const badProof = 'error="invalid_dpop_proof", error_description="The DPoP proof is missing, or is not valid for this request."'
const lacksWrite =
  'error="insufficient_scope", error_description="The access token lacks a scope that this operation needs.", scope="orders_write"'

function dpopChallenge(error: string): string {
  return `DPoP ${realm}, ${error}, ${metadata}, algs="ES256 EdDSA"`
}

function answer({ status, headers }: RawResponse) {
  return [status, headers['www-authenticate']]
}

describe.each(hosts.map((host) => [host.name, host] as const))('DPoP on %s', (_name, host) => {
  let api: ServedApi
  let client: DpopClient
  /** Bound to the key of the client, and bound to nothing. */
  let bound: string
  let plain: string

  beforeAll(async () => {
    api = await serveApi(host, { senderConstraint: { dpop: { publicUrl: resource, algorithms } } })
    client = await createDpopClient(api.issuer.clock.now)
    const john = { scope: 'orders_read', account_nr: '42', roles: ['manager'] }
    bound = await api.issuer.accessToken({ ...john, cnf: client.cnf })
    plain = await api.issuer.accessToken(john)
  })
  afterAll(() => api.close())

  test('accepts a bound token with a proof, and plain bearer tokens beside it', async () => {
    const response = await api.request(own, { fields: await client.present({ token: bound, path: own }) })
    expect([response.status, JSON.parse(response.body)]).toEqual([200, { account: '0042', asked: '42' }])
    expect(response.headers['dpop-nonce']).toBeUndefined()
    expect((await api.request(own, { fields: bearer(plain) })).status).toBe(200)
  })

  test('offers both schemes to a request without a token', async () => {
    expect(answer(await api.request(own))).toEqual([401, `${plainBearer}, ${plainDpop}`])
  })

  const refused: readonly (readonly [string, () => Fields | Promise<Fields>, string, string])[] = [
    [
      'a bound token that comes as a bearer token, with a proof or without',
      async () => [...bearer(bound), ['dpop', await client.proof({ token: bound, path: own })]],
      `Bearer ${realm}, ${badToken}, ${metadata}, ${plainDpop}`,
      'scheme_mismatch',
    ],
    ['a plain token that comes under DPoP', () => client.present({ token: plain, path: own }), dpopChallenge(badToken), 'scheme_mismatch'],
    ['a bound token without a proof', () => [['authorization', `DPoP ${bound}`]], dpopChallenge(badProof), 'dpop_proof_missing'],
    [
      'a proof for another URL',
      () => client.present({ token: bound, path: '/accounts/43/orders' }),
      dpopChallenge(badProof),
      'dpop_proof_invalid',
    ],
    [
      'a proof for another method',
      () => client.present({ token: bound, path: own, method: 'POST' }),
      dpopChallenge(badProof),
      'dpop_proof_invalid',
    ],
    [
      'the proof of another key',
      async () => (await createDpopClient(api.issuer.clock.now)).present({ token: bound, path: own }),
      dpopChallenge(badToken),
      'dpop_key_mismatch',
    ],
  ]

  test.each(refused)('refuses %s, and tells the operator why', async (_, fields, challenge, reason) => {
    const entered = api.host.entered.length
    expect(answer(await api.request(own, { fields: await fields() }))).toEqual([401, challenge])
    expect(api.host.entered.length).toBe(entered)
    expect(api.events.at(-1)).toMatchObject({ kind: 'authentication_failed', reason: expect.stringMatching(`^${reason}: `) })
  })

  test('refuses a proof that was used before', async () => {
    const fields = await client.present({ token: bound, path: own })
    expect((await api.request(own, { fields })).status).toBe(200)
    expect(answer(await api.request(own, { fields }))).toEqual([401, dpopChallenge(badProof)])
    expect(api.events.at(-1)).toMatchObject({ code: 'invalid_dpop_proof', reason: expect.stringMatching(/^dpop_proof_replayed: /) })
  })

  test('refuses two proofs in one request', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => client.proof({ token: bound, path: own })))
    const fields: Fields = [...dpop(bound, first ?? ''), ['dpop', second ?? '']]
    expect(answer(await api.request(own, { fields }))).toEqual([401, dpopChallenge(badProof)])
  })

  test('compares the whole path that was asked for, within a mounted router too, and no query', async () => {
    const path = '/office/report'
    const whole = await client.present({ token: bound, path })
    expect((await api.request(`${path}?page=2`, { fields: whole })).status).toBe(200)
    const part = await client.present({ token: bound, path: '/report' })
    expect(answer(await api.request(path, { fields: part }))).toEqual([401, dpopChallenge(badProof)])
  })

  test('does not believe the Host header', async () => {
    const origin = `http://127.0.0.1:${api.host.port}`
    const fields = await client.present({ token: bound, origin, path: own })
    expect(answer(await api.request(own, { fields }))).toEqual([401, dpopChallenge(badProof)])
  })

  test('asks for more scope under the scheme that was used', async () => {
    const input = { token: bound, path: own, method: 'POST' }
    const underDpop = await api.request(own, { method: 'POST', fields: await client.present(input) })
    expect(answer(underDpop)).toEqual([403, dpopChallenge(lacksWrite)])
    const underBearer = await api.request(own, { method: 'POST', fields: bearer(plain) })
    expect(answer(underBearer)).toEqual([403, `Bearer ${realm}, ${lacksWrite}, ${metadata}`])
  })

  test('challenges without an error, under the scheme that was used, where more scope would not do', async () => {
    for (const path of ['/desk', '/accounts/43/orders']) {
      expect(answer(await api.request(path, { fields: await client.present({ token: bound, path }) }))).toEqual([403, plainDpop])
      expect(answer(await api.request(path, { fields: bearer(plain) }))).toEqual([403, plainBearer])
    }
  })

  test('takes a proof at two protect() of one request, unless their verifiers share a replay store', async () => {
    const statusWith = async (replayStore: Store | undefined) => {
      const served = await serveApi(host, { senderConstraint: { dpop: { publicUrl: resource, replayStore } } })
      const john = await createDpopClient(served.issuer.clock.now)
      const aud = ['orders-api', 'partner-api']
      const token = await served.issuer.accessToken({ aud, scope: 'partner_read', partner: 'acme', cnf: john.cnf }, { breakContract: true })
      const path = '/partners/stock'
      const { status } = await served.request(path, { fields: await john.present({ token, path }) })
      await served.close()
      return status
    }
    expect([await statusWith(undefined), await statusWith(createMemoryStore())]).toEqual([200, 401])
  })

  test('publishes the algorithms of proofs in the metadata', async () => {
    const { body } = await api.request('/.well-known/oauth-protected-resource')
    expect(JSON.parse(body)).toMatchObject({ dpop_signing_alg_values_supported: algorithms })
  })

  test('offers DPoP alone, and takes nothing else, where it is required', async () => {
    const strict = await serveApi(host, { senderConstraint: { dpop: { publicUrl: resource, algorithms }, required: true } })
    const token = await strict.issuer.accessToken({ scope: 'orders_read', account_nr: '42' })
    const answers = [await strict.request(own), await strict.request(own, { fields: bearer(token) })].map(answer)
    const { body } = await strict.request('/.well-known/oauth-protected-resource')
    await strict.close()
    expect(answers).toEqual([
      [401, plainDpop],
      [401, dpopChallenge(badToken)],
    ])
    expect(JSON.parse(body)).toMatchObject({ dpop_bound_access_tokens_required: true })
  })
})
