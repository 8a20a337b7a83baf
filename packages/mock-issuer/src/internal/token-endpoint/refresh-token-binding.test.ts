import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { basic, codeForm, logIn, post, redirectUri } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import type { DpopKey } from '../../../test/dpop.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const clients = [
  { clientId: 'app', redirectUris: [redirectUri] },
  { clientId: 'server', clientSecret: 's', redirectUris: [redirectUri] },
]

async function start(clientId: 'app' | 'server') {
  const issuer = await createMockIssuer({ clients })
  const key = await createDpopKey()
  const client =
    clientId === 'app' ? { form: { client_id: 'app' }, headers: {} } : { form: { client_id: '' }, headers: basic('server', 's') }
  async function request(form: Record<string, string>, by?: DpopKey) {
    const dpop = by === undefined ? {} : { dpop: await by.proof({ url: `${issuer.issuer}/token` }) }
    const response = await post(issuer, '/token', { ...form, ...client.form }, { ...client.headers, ...dpop })
    return { status: response.status, body: await response.json() }
  }
  const code = (await logIn(issuer, { client_id: clientId })).get('code')
  const { body } = await request(codeForm(code), key)
  return { key, tokens: body, refresh: (token: string, by?: DpopKey) => request({ grant_type: 'refresh_token', refresh_token: token }, by) }
}

test('binds the refresh token of a public client to its DPoP key, and leaves it to the owner of that key', async () => {
  const { key, tokens, refresh } = await start('app')
  const refused = { status: 400, body: { error: 'invalid_grant' } }

  expect(await refresh(tokens.refresh_token)).toMatchObject(refused)
  expect(await refresh(tokens.refresh_token, await createDpopKey())).toMatchObject(refused)
  const { status, body } = await refresh(tokens.refresh_token, key)
  expect(status).toBe(200)
  expect(body.token_type).toBe('DPoP')
  expect(decodeJwt(body.access_token)['cnf']).toEqual({ jkt: key.jkt })
  expect(await refresh(body.refresh_token)).toMatchObject(refused)
})

test('lets a confidential client refresh with another key, since it authenticates', async () => {
  const { tokens, refresh } = await start('server')
  const other = await createDpopKey()
  const { body } = await refresh(tokens.refresh_token, other)

  expect(decodeJwt(body.access_token)['cnf']).toEqual({ jkt: other.jkt })
})
