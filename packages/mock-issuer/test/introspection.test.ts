import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import type { IssuerClient, MockIssuer } from '../src/index.js'
import { discover, through } from './oauth4webapi.js'

const client: oauth.Client = { client_id: 'api' }
const authentication = oauth.ClientSecretBasic('api-secret')

async function prepare(changes: Partial<IssuerClient> = {}) {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'api', clientSecret: 'api-secret', ...changes }] })
  const http = through(issuer.fetch)
  return { issuer, http, server: await discover(issuer.issuer, http, 'oauth2') }
}

/** Introspects as the unmodified client library does it. */
async function introspect(
  { http, server }: Awaited<ReturnType<typeof prepare>>,
  token: string,
  requestJwtResponse: boolean,
): Promise<oauth.IntrospectionResponse> {
  const response = await oauth.introspectionRequest(server, client, authentication, token, { ...http, requestJwtResponse })
  const introspected = await oauth.processIntrospectionResponse(server, client, response)
  if (requestJwtResponse) await oauth.validateApplicationLevelSignature(server, response, http)
  return introspected
}

const mints: Record<string, (issuer: MockIssuer) => Promise<string>> = {
  jwt: (issuer) => issuer.accessToken({ sub: 'john', account_nr: '42' }),
  opaque: (issuer) => issuer.opaqueToken({ sub: 'john', account_nr: '42' }),
  phantom: async (issuer) => (await issuer.phantomToken({ sub: 'john', account_nr: '42' })).token,
  split: async (issuer) => (await issuer.splitToken({ sub: 'john', account_nr: '42' })).token,
}

test.each(Object.keys(mints))('a client library introspects %s tokens, by JSON and by responses that are signed for it', async (format) => {
  const prepared = await prepare()
  const token = await (mints[format] ?? (() => Promise.reject(new Error('no such format'))))(prepared.issuer)

  for (const requestJwtResponse of [false, true]) {
    const described = { active: true, sub: 'john', account_nr: '42', iss: prepared.issuer.issuer }
    expect(await introspect(prepared, token, requestJwtResponse)).toMatchObject(described)
    expect(await introspect(prepared, 'unknown', requestJwtResponse)).toEqual({ active: false })
  }
})

test('a client library checks the signature of a response of each algorithm', async () => {
  for (const introspectionSignedResponseAlg of ['RS256', 'PS256', 'ES256'] as const) {
    const prepared = await prepare({ introspectionSignedResponseAlg })
    expect(await introspect(prepared, await prepared.issuer.opaqueToken(), true)).toMatchObject({ active: true })
  }
})
