import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { MockIssuer } from '../../mock-issuer.js'

const [orders, billing] = ['https://orders.example.com', 'https://billing.example.com']
const payment = { type: 'payment', actions: ['initiate'], amount: { currency: 'EUR', value: '42.00' } }
const account = { type: 'account', identifier: '42' }
const known: MockIssuerOptions = { resources: [orders, billing], authorizationDetailsTypes: ['payment', 'account'] }

/** A query or a form with these parameters on top of the given ones. */
function extended(base: Record<string, string> | URLSearchParams, resources: readonly string[], details?: readonly object[]): string {
  const parameters = new URLSearchParams(base)
  for (const resource of resources) parameters.append('resource', resource)
  if (details !== undefined) parameters.set('authorization_details', JSON.stringify(details))
  return parameters.toString()
}

async function authorize(resources: readonly string[], details?: readonly object[], options: MockIssuerOptions = known) {
  const issuer = await createMockIssuer(options)
  const url = `${issuer.issuer}/authorize?${extended(authorizationUrl(issuer).searchParams, resources, details)}`
  const page = await createBrowser(issuer.fetch).open(url)
  const { response } = page.response.status === 200 ? await page.submit({ user: 'john' }) : page
  const answer = new URL(response.headers.get('location') ?? 'about:blank').searchParams
  return { issuer, error: answer.get('error'), code: answer.get('code') }
}

async function token(issuer: MockIssuer, form: string, headers: Record<string, string> = {}) {
  const body = await (await post(issuer, '/token', form, headers)).json()
  return { ...body, claims: body.access_token === undefined ? {} : decodeJwt(body.access_token) }
}

describe('resources', () => {
  test('become the audience of the access token, and not of the ID token', async () => {
    const { issuer, code } = await authorize([orders, billing, orders])
    const body = await token(issuer, extended(codeForm(code), []))

    expect(body.claims.aud).toEqual([orders, billing])
    expect(decodeJwt(body.id_token).aud).toBe('app')
  })

  test('can be narrowed for one token, and asked for again with the next', async () => {
    const { issuer, code } = await authorize([orders, billing])
    const first = await token(issuer, extended(codeForm(code), [orders]))
    const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: first.refresh_token }
    const second = await token(issuer, extended(refresh, [billing]))

    expect([first.claims.aud, second.claims.aud]).toEqual([orders, billing])
  })

  test.each([
    ['more than was authorized', [orders], [orders, billing]],
    ['any where none was authorized', [], [orders]],
    ['no URI', [orders], ['orders']],
    ['one with a fragment', [orders], [`${orders}/#a`]],
  ])('cannot be %s in a token request, which leaves the code as it was', async (_, authorized, asked) => {
    const { issuer, code } = await authorize(authorized)
    const refused = await token(issuer, extended(codeForm(code), asked))
    const body = await token(issuer, extended(codeForm(code), []))
    const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: body.refresh_token }

    expect(refused.error).toBe('invalid_target')
    expect((await token(issuer, extended(refresh, asked))).error).toBe('invalid_target')
    expect((await token(issuer, extended(refresh, []))).claims.aud).toBe(authorized[0] ?? 'api')
  })

  test('are those of the issuer, where it lists them', async () => {
    const options = { resources: [orders] }

    expect((await authorize([billing], undefined, options)).error).toBe('invalid_target')
    expect((await authorize([orders], undefined, options)).error).toBe(null)
  })
})

describe('resources that are not listed', () => {
  const form = extended({ grant_type: 'client_credentials' }, [orders])

  test.each([
    ['there is neither a contract nor an audience', {}],
    ['the audience is a name', { contract: { audience: 'orders-api', scopes: { orders_read: {} } } }],
    ['the audience is another URI', { audience: [billing, `${orders}/`] }],
    ['the list is empty', { audience: orders, resources: [] }],
  ])('are refused where %s', async (_, options: MockIssuerOptions) => {
    const { issuer, error } = await authorize([orders], undefined, options)

    expect(error).toBe('invalid_target')
    expect((await token(issuer, form, service)).error).toBe('invalid_target')
  })

  test('are the URIs of the audience, of the contract too', async () => {
    const contract = { audience: orders, scopes: {} }
    const [configured, contracted] = [await createMockIssuer({ audience: ['api', orders] }), await createMockIssuer({ contract })]

    expect((await token(configured, form, service)).claims.aud).toBe(orders)
    expect((await token(contracted, form, service)).claims.aud).toBe(orders)
  })

  test('are any under the laxity resource-unchecked, if they are absolute URIs', async () => {
    const issuer = await createMockIssuer({ resources: [billing], lax: ['resource-unchecked'] })
    const malformed = extended({ grant_type: 'client_credentials' }, ['orders'])

    expect((await token(issuer, form, service)).claims.aud).toBe(orders)
    expect((await token(issuer, malformed, service)).error).toBe('invalid_target')
  })
})

describe('authorization details', () => {
  test('are in the token, in its response, and in what introspection says', async () => {
    const { issuer, code } = await authorize([], [payment, account])
    const body = await token(issuer, extended(codeForm(code), []))
    const about = await (await post(issuer, '/introspect', { token: body.access_token }, service)).json()

    expect(body.authorization_details).toEqual([payment, account])
    expect(body.claims.authorization_details).toEqual([payment, account])
    expect(about.authorization_details).toEqual([payment, account])
  })

  test('can be narrowed for one token', async () => {
    const { issuer, code } = await authorize([], [payment, account])
    const first = await token(issuer, extended(codeForm(code), [], [account]))
    const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: first.refresh_token }

    expect(first.authorization_details).toEqual([account])
    expect((await token(issuer, extended(refresh, []))).authorization_details).toEqual([payment, account])
  })

  test.each([
    ['more than was authorized', [{ ...payment, amount: { currency: 'EUR', value: '43.00' } }]],
    ['malformed', [{}]],
  ])('cannot be %s in a token request', async (_, asked) => {
    const { issuer, code } = await authorize([], [payment])

    expect((await token(issuer, extended(codeForm(code), [], asked))).error).toBe('invalid_authorization_details')
    expect((await token(issuer, extended(codeForm(code), []))).authorization_details).toEqual([payment])
  })

  test('are of the types of the issuer, where it lists them, as its metadata says', async () => {
    const options = { authorizationDetailsTypes: ['payment'] }
    const { issuer, error } = await authorize([], [account], options)
    const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

    expect(error).toBe('invalid_authorization_details')
    expect((await authorize([], [payment], options)).error).toBe(null)
    expect(metadata.authorization_details_types_supported).toEqual(['payment'])
  })

  test('are refused altogether by an issuer that lists no types, as the metadata shows', async () => {
    const { issuer, error } = await authorize([], [payment], {})
    const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()
    const form = extended({ grant_type: 'client_credentials' }, [], [payment])

    expect(error).toBe('invalid_authorization_details')
    expect((await token(issuer, form, service)).error).toBe('invalid_authorization_details')
    expect('authorization_details_types_supported' in metadata).toBe(false)
  })

  test('are of any type under the laxity authorization-details-type-unchecked', async () => {
    const options: MockIssuerOptions = { authorizationDetailsTypes: ['account'], lax: ['authorization-details-type-unchecked'] }
    const { issuer, code } = await authorize([], [payment], options)

    expect((await token(issuer, extended(codeForm(code), []))).authorization_details).toEqual([payment])
  })
})

test('a client that asks for itself names both in its token request', async () => {
  const issuer = await createMockIssuer(known)
  const body = await token(issuer, extended({ grant_type: 'client_credentials' }, [orders], [payment]), service)
  const refused = await token(issuer, extended({ grant_type: 'client_credentials' }, ['orders']), service)

  expect(body.claims).toMatchObject({ aud: orders, authorization_details: [payment] })
  expect(body.authorization_details).toEqual([payment])
  expect(refused.error).toBe('invalid_target')
})
