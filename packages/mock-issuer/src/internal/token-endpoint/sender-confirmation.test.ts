import { calculateJwkThumbprint, decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { codeForm, logIn, redirectUri, service } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import type { DpopKey } from '../../../test/dpop.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { InProcessRequestInit } from '../../in-process-request.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const key = await createDpopKey()
const thief = await createDpopKey()
const [own, other] = [await createTestCertificate({ subject: [['CN', 'app']] }), await createTestCertificate({ subject: [['CN', 'app']] })]

interface Ask extends Pick<InProcessRequestInit, 'clientCertificate'> {
  readonly key?: DpopKey
  readonly headers?: Record<string, string>
}

async function createAsked(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const ask = async (path: string, form: Record<string, string>, { key: prover, headers = {}, ...init }: Ask = {}) => {
    const proof = prover === undefined ? {} : { dpop: await prover.proof({ url: issuer.issuer + path }) }
    const body = new URLSearchParams(form)
    const response = await issuer.fetch(issuer.issuer + path, { method: 'POST', headers: { ...headers, ...proof }, body, ...init })
    return { status: response.status, body: await response.json() }
  }
  const code = async (form: Record<string, string> = {}) => (await logIn(issuer, form)).get('code')
  return { issuer, ask, code }
}

const refresh = (token: string) => ({ grant_type: 'refresh_token', client_id: 'app', refresh_token: token })

test('binds tokens to the key of the proof, and introspection shows it', async () => {
  const { ask } = await createAsked()
  const { body } = await ask('/token', { grant_type: 'client_credentials' }, { key, headers: service })

  expect(body.token_type).toBe('DPoP')
  expect(decodeJwt(body.access_token)['cnf']).toEqual({ jkt: await calculateJwkThumbprint(key.publicJwk) })
  const described = await ask('/introspect', { token: body.access_token }, { headers: service })
  expect(described.body).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: key.jkt } })
})

test("binds a public client's refresh token to the key, and rotates it for that key alone", async () => {
  const { ask, code } = await createAsked()
  const first = await ask('/token', codeForm(await code()), { key })
  const token = first.body.refresh_token

  expect(await ask('/token', refresh(token), { key: thief })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await ask('/token', refresh(token))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  const second = await ask('/token', refresh(token), { key })
  expect(second).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
  expect((await ask('/token', refresh(second.body.refresh_token), { key: thief })).status).toBe(400)
  expect((await ask('/token', refresh(second.body.refresh_token), { key })).status).toBe(200)
})

test("does not bind a confidential client's refresh token: the client authenticates", async () => {
  const { ask, code } = await createAsked()
  const form = codeForm(await code({ client_id: 'service' }), { client_id: '' })
  const first = await ask('/token', form, { key, headers: service })
  const form2 = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token }
  const second = await ask('/token', form2, { key: thief, headers: service })

  expect(decodeJwt(second.body.access_token)['cnf']).toEqual({ jkt: thief.jkt })
})

test('redeems a code that is bound to a key for that key alone, and leaves it to its owner', async () => {
  const { ask, code } = await createAsked()
  const stolen = await code({ dpop_jkt: key.jkt })

  expect(await ask('/token', codeForm(stolen), { key: thief })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await ask('/token', codeForm(stolen))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await ask('/token', codeForm(stolen), { key })).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})

test('gives a client no bearer token that is registered for bound ones', async () => {
  const client: IssuerClient = { clientId: 'job', clientSecret: 's', dpopBoundAccessTokens: true }
  const { ask } = await createAsked({ clients: [client] })
  const form = { grant_type: 'client_credentials', client_id: 'job', client_secret: 's' }

  expect(await ask('/token', form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  expect((await ask('/token', form, { key })).status).toBe(200)
})

const bound: IssuerClient = { clientId: 'app', redirectUris: [redirectUri], tlsClientCertificateBoundAccessTokens: true }

test('binds the tokens of a client to its certificate, a public one included', async () => {
  const { ask, code } = await createAsked({ clients: [bound, { clientId: 'service', clientSecret: 'service-secret' }] })
  const form = codeForm(await code())

  expect(await ask('/token', form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  const first = await ask('/token', form, { clientCertificate: { pem: own.cert, chainTrusted: false } })
  expect(first.body.token_type).toBe('Bearer')
  expect(decodeJwt(first.body.access_token)['cnf']).toEqual({ 'x5t#S256': own.thumbprint })
  expect((await ask('/introspect', { token: first.body.access_token }, { headers: service })).body).toMatchObject({
    token_type: 'Bearer',
    cnf: { 'x5t#S256': own.thumbprint },
  })
  const token = first.body.refresh_token
  expect(await ask('/token', refresh(token), { clientCertificate: other.cert })).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
  expect((await ask('/token', refresh(token))).status).toBe(400)
  expect((await ask('/token', refresh(token), { clientCertificate: own.cert })).status).toBe(200)
})

test('binds tokens to both, if the client proves both', async () => {
  const { ask, code } = await createAsked({ clients: [bound] })
  const { body } = await ask('/token', codeForm(await code()), { key, clientCertificate: own.cert })

  expect(decodeJwt(body.access_token)['cnf']).toEqual({ jkt: key.jkt, 'x5t#S256': own.thumbprint })
})

test('binds nothing to a certificate that happens to be there', async () => {
  const { ask, code } = await createAsked()
  const { body } = await ask('/token', codeForm(await code()), { clientCertificate: own.cert })

  expect(Object.keys(decodeJwt(body.access_token))).not.toContain('cnf')
})
