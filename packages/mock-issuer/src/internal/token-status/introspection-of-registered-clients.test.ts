import { expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

/** An issuer, and a confidential client that registered itself with it. */
async function start(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const answer = await issuer.fetch(`${issuer.issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_types: ['client_credentials'], response_types: [] }),
  })
  const { client_id: clientId, client_secret: secret } = await answer.json()
  return { issuer, clientId, authorization: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` } }
}

async function introspect(issuer: MockIssuer, token: string, headers: Record<string, string>): Promise<string> {
  return (await post(issuer, '/introspect', { token }, headers)).text()
}

test('tells a client that registered itself nothing of the tokens of others, in no dialect', async () => {
  const { issuer, authorization } = await start()
  const phantom = await issuer.phantomToken({ client_id: 'app' })
  for (const token of [await issuer.accessToken(), await issuer.opaqueToken(), phantom.token, phantom.jwt])
    expect(JSON.parse(await introspect(issuer, token, authorization))).toEqual({ active: false })

  expect(await introspect(issuer, phantom.token, { ...authorization, accept: 'application/jwt' })).toBe('')
  expect(await introspect(issuer, phantom.token, { ...service, accept: 'application/jwt' })).toBe(phantom.jwt)
})

test('tells it of the tokens that were issued to itself', async () => {
  const { issuer, clientId, authorization } = await start()
  const { access_token: token } = await (await post(issuer, '/token', { grant_type: 'client_credentials' }, authorization)).json()

  expect(JSON.parse(await introspect(issuer, token, authorization))).toMatchObject({ active: true, client_id: clientId })
  expect(JSON.parse(await introspect(issuer, token, service))).toMatchObject({ active: true, client_id: clientId })
})

test('tells it of all tokens where the laxity says that everything is active', async () => {
  const { issuer, authorization } = await start({ lax: ['introspection-always-active'] })

  expect(JSON.parse(await introspect(issuer, 'unknown', authorization))).toMatchObject({ active: true })
})
