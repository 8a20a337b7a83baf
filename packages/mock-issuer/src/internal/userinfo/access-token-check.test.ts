import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { createDpopKey } from '../../../test/dpop.js'
import type { ProofChanges, ProofTarget } from '../../../test/dpop.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'

const key = await createDpopKey()
const algs = `algs="${asymmetricAlgorithms.join(' ')}"`

/** An issuer, a token of its own that is bound to the key, and what userinfo answers. */
async function createBound(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const url = `${issuer.issuer}/userinfo`
  const token = await issuer.accessToken({ scope: 'openid', cnf: { jkt: key.jkt } })
  const ask = async (authorization: string, proof?: string, certificate?: { pem: string; chainTrusted: boolean }) => {
    const headers = { authorization, ...(proof === undefined ? {} : { dpop: proof }) }
    const response = await issuer.fetch(url, { headers, ...(certificate && { clientCertificate: certificate }) })
    const { headers: answered } = response
    return {
      status: response.status,
      challenge: answered.get('www-authenticate'),
      nonce: answered.get('dpop-nonce'),
      body: await response.json(),
    }
  }
  const prove = (target: Partial<ProofTarget> = {}, changes: ProofChanges = {}) =>
    key.proof({ method: 'GET', url, accessToken: token, ...target }, changes)
  return { issuer, token, ask, prove }
}

test('takes a bound token with a proof of its key, once', async () => {
  const { token, ask, prove } = await createBound()
  const proof = await prove()
  const first = await ask(`DPoP ${token}`, proof)

  expect(first).toMatchObject({ status: 200, body: { sub: 'john' }, nonce: expect.stringMatching(/^[\w-]{43}$/) })
  expect(await ask(`dpop ${token}`, await prove())).toMatchObject({ status: 200 })
  expect(await ask(`DPoP ${token}`, proof)).toMatchObject({ status: 401, body: { error: 'invalid_dpop_proof' } })
})

test('takes opaque tokens that are bound too', async () => {
  const { issuer, ask, prove } = await createBound()
  const accessToken = await issuer.opaqueToken({ scope: 'openid', cnf: { jkt: key.jkt } })

  expect((await ask(`DPoP ${accessToken}`, await prove({ accessToken }))).status).toBe(200)
  expect((await ask(`Bearer ${accessToken}`)).status).toBe(401)
})

test('takes no bound token for a bearer token, with a proof or without', async () => {
  const { token, ask, prove } = await createBound()
  for (const proof of [undefined, await prove()]) {
    expect(await ask(`Bearer ${token}`, proof)).toMatchObject({
      status: 401,
      challenge: expect.stringMatching(/^Bearer realm="mock-issuer", error="invalid_token"/),
    })
  }
})

test('takes no bearer token for a bound one', async () => {
  const { issuer, ask, prove } = await createBound()
  const accessToken = await issuer.accessToken({ scope: 'openid' })

  expect(await ask(`DPoP ${accessToken}`, await prove({ accessToken }))).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect((await ask(`Bearer ${accessToken}`)).status).toBe(200)
})

test('refuses a proof of another key', async () => {
  const { issuer, token, ask } = await createBound()
  const thief = await createDpopKey()
  const proof = await thief.proof({ method: 'GET', url: `${issuer.issuer}/userinfo`, accessToken: token })

  expect(await ask(`DPoP ${token}`, proof)).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
})

test('refuses a proof that is not for this token, this method and this URL', async () => {
  const { issuer, token, ask, prove } = await createBound()
  const proofs = [
    await prove({}, { claims: { ath: undefined } }),
    await prove({ accessToken: 'another' }),
    await prove({ method: 'POST' }),
    await prove({ url: `${issuer.issuer}/token` }),
    undefined,
  ]
  for (const proof of proofs) {
    expect(await ask(`DPoP ${token}`, proof)).toMatchObject({
      status: 401,
      body: { error: 'invalid_dpop_proof' },
      challenge: expect.stringMatching(/^DPoP realm="mock-issuer", error="invalid_dpop_proof", /),
    })
  }
})

test('asks for a nonce by a challenge where one is required', async () => {
  const { token, ask, prove } = await createBound({ dpop: { nonce: 'required' } })
  const first = await ask(`DPoP ${token}`, await prove())

  expect(first).toMatchObject({ status: 401, body: { error: 'use_dpop_nonce' } })
  expect(first.challenge).toBe(
    `DPoP realm="mock-issuer", error="use_dpop_nonce", error_description="The proof must carry the nonce of the header DPoP-Nonce.", ${algs}`,
  )
  expect((await ask(`DPoP ${token}`, await prove({ nonce: first.nonce ?? '' }))).status).toBe(200)
})

test('says insufficient_scope by the scheme that was used', async () => {
  const { issuer, ask, prove } = await createBound()
  const accessToken = await issuer.accessToken({ scope: 'orders_read', cnf: { jkt: key.jkt } })
  const { status, challenge } = await ask(`DPoP ${accessToken}`, await prove({ accessToken }))

  expect(status).toBe(403)
  expect(challenge).toBe(
    `DPoP realm="mock-issuer", error="insufficient_scope", error_description="The access token lacks the scope openid.", scope="openid", ${algs}`,
  )
})

test('takes a token that is bound to a certificate over a connection that has it, and no other', async () => {
  const { issuer, ask } = await createBound()
  const [own, other] = [
    await createTestCertificate({ subject: [['CN', 'job']] }),
    await createTestCertificate({ subject: [['CN', 'job']] }),
  ]
  const token = await issuer.accessToken({ scope: 'openid', cnf: { 'x5t#S256': own.thumbprint } })
  const by = (pem: string) => ask(`Bearer ${token}`, undefined, { pem, chainTrusted: false })

  expect((await by(own.cert)).status).toBe(200)
  expect(await by(other.cert)).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect(await ask(`Bearer ${token}`)).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
})

test('asks for both of what a token is bound to', async () => {
  const { issuer, ask, prove } = await createBound()
  const { cert, thumbprint } = await createTestCertificate({ subject: [['CN', 'job']] })
  const accessToken = await issuer.accessToken({ scope: 'openid', cnf: { jkt: key.jkt, 'x5t#S256': thumbprint } })
  const certificate = { pem: cert, chainTrusted: true }

  expect((await ask(`DPoP ${accessToken}`, await prove({ accessToken }), certificate)).status).toBe(200)
  expect((await ask(`DPoP ${accessToken}`, await prove({ accessToken }))).status).toBe(401)
  expect((await ask(`Bearer ${accessToken}`, undefined, certificate)).status).toBe(401)
})

test.each([[{}], [null], ['jkt'], [{ jwk: {} }], [{ jkt: 7 }], [{ 'x5t#S256': 'x', kid: '1' }]])(
  'refuses a token that is bound to %j, which it cannot check',
  async (cnf) => {
    const { issuer, ask } = await createBound()

    expect(await ask(`Bearer ${await issuer.accessToken({ scope: 'openid', cnf })}`)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  },
)

test.each(['DPoP', 'DPoP ', 'DPoP a b', 'DPoP é'])('answers 400 to the malformed header %j', async (authorization) => {
  const { ask } = await createBound()

  expect(await ask(authorization)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
})
