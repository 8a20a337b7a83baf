import { inspect } from 'node:util'
import type { ResourceServerEvent } from '@bailiwick/guard'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { badInputs } from './bad-input.js'
import { type BadInput, type BadRequest, badInputItems, type DocumentedOutcome } from './bad-input-case.js'
import { type GuardedApi, startGuardedApi } from './guarded-api.js'
import { resource } from './host.js'
import { hosts } from './hosts.js'
import { type JwksServer, startJwksServer } from './jwks-server.js'
import { bearer, type RawResponse, send } from './raw-request.js'
import { challengeOf } from './served-api.js'
import { createTokenForge, type TokenForge } from './token-forge.js'

let forge: TokenForge
let jwksServer: JwksServer
let documented = 0
let slowestMs = 0

beforeAll(async () => {
  forge = await createTokenForge()
  jwksServer = await startJwksServer(forge.publishedJwks)
})
afterAll(async () => {
  await jwksServer.close()
  const total = badInputs.length * hosts.length
  const verdict = documented === total ? 'all as documented' : `${total - documented} NOT as documented`
  console.log(`bad input: ${badInputs.length} cases x ${hosts.length} adapters = ${total}, ${verdict}, slowest ${Math.ceil(slowestMs)} ms`)
})

test('covers every item of the list of bad input, each case under a name of its own', () => {
  expect(new Set(badInputs.map(({ item }) => item))).toEqual(new Set(badInputItems))
  const names = badInputs.map(({ item, name }) => `${item}: ${name}`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

describe.each(hosts.map((host) => [host.name, host] as const))('%s', (_name, host) => {
  const apis = new Map<string, Promise<GuardedApi>>()
  afterAll(async () => {
    for (const api of apis.values()) await (await api).close()
  })

  /** One for each way of setting it up. What an outage leaves behind is not shared. */
  function apiFor({ server, profile, jwks, name }: BadInput): Promise<GuardedApi> {
    const setUp = [server, profile, jwks && name].join()
    const { issuer } = forge.issuer
    const maxHeaderSize = server === 'wide' ? 131_072 : undefined
    const api = apis.get(setUp) ?? startGuardedApi({ host, issuer, jwksUri: jwksServer.jwksUri, profile, maxHeaderSize })
    apis.set(setUp, api)
    return api
  }

  test.each(badInputs.map((input) => [`${input.item}: ${input.name}`, input] as const))('%s', async (_title, input) => {
    const { outcome, jwks } = input
    const api = await apiFor(input)
    const request = await input.request(forge, jwksServer)
    jwksServer.answer = jwks

    const { query = '', fields } = request
    const response = await send({ port: api.port, path: `/accounts/42/orders${query}`, fields })
    const { entered, events } = api.take()
    expect(responseOf(response)).toEqual(expectedResponse(outcome))
    expect(entered).toEqual(outcome.status === 200 ? ['GET /accounts/:nr/orders'] : [])
    expect(events.map(reasonOf)).toEqual(expectedReasons(outcome))
    expectNoLeak(response, request, events)
    expect(response.milliseconds).toBeLessThan(1000)

    // Where authentication is optional, the difference is an absent token and nothing else.
    const atOptional = await send({ port: api.port, path: `/catalogue${query}`, fields })
    const isWelcome = outcome.status === 200 || ('reason' in outcome && outcome.reason === 'credentials_missing')
    expect(atOptional.status).toBe(isWelcome ? 200 : outcome.status)
    expect(api.take().entered).toEqual(isWelcome ? ['GET /catalogue'] : [])

    jwksServer.answer = undefined
    if (jwks !== undefined) api.advanceSeconds(120)
    const good = await send({ port: api.port, path: '/accounts/42/orders', fields: bearer(await forge.token()) })
    expect(responseOf(good)).toEqual(expectedResponse({ status: 200 }))
    expect(jwksServer.requests.filter((path) => path !== '/jwks')).toEqual([])
    api.take()

    slowestMs = Math.max(slowestMs, response.milliseconds)
    documented += 1
  })
})

const challenge = { realm: 'orders-api', resource_metadata: `${resource}/.well-known/oauth-protected-resource` }

const publicTexts = {
  unauthorized: 'An access token is required.',
  invalid_request: 'The request must present one access token, in the Authorization header.',
  invalid_token: 'The access token is invalid or has expired.',
  temporarily_unavailable: 'Access cannot be checked at the moment. Try again later.',
}

/** What a client learns: nothing else differs from one refusal to the next. */
function responseOf(response: RawResponse): Record<string, unknown> {
  if (response.status === 431) return { status: 431 }
  return {
    status: response.status,
    challenge: challengeOf(response),
    retryAfter: response.headers['retry-after'],
    json: response.headers['content-type']?.startsWith('application/json') && JSON.parse(response.body),
  }
}

function expectedResponse(outcome: DocumentedOutcome): Record<string, unknown> {
  if (outcome.status === 431) return { status: 431 }
  if (outcome.status === 200) return { status: 200, json: { account: '0042', asked: '42' } }
  if (outcome.status === 503) {
    return { status: 503, retryAfter: expect.stringMatching(/^[1-9]\d{0,2}$/), json: bodyOf('temporarily_unavailable') }
  }
  const { status, error } = outcome
  if (error === undefined) return { status, challenge, json: bodyOf('unauthorized') }
  return { status, challenge: { ...challenge, ...bodyOf(error) }, json: bodyOf(error) }
}

function bodyOf(error: keyof typeof publicTexts) {
  return { error, error_description: publicTexts[error] }
}

/** The most particular code that an event has for what went wrong. */
function reasonOf(event: ResourceServerEvent): string {
  if (event.kind !== 'authentication_failed' && event.kind !== 'unavailable') return event.kind
  if (event.cause instanceof Error && 'code' in event.cause) return String(event.cause.code)
  return event.code === 'invalid_request' ? event.reason.replace(/:.*/, '') : event.code
}

function expectedReasons(outcome: DocumentedOutcome): readonly string[] {
  if (outcome.status === 431) return []
  return outcome.status === 200 ? ['authenticated', 'allowed'] : [outcome.reason]
}

/** Nothing that was sent comes back, and nothing that is private goes out; the events hold no credential either. */
function expectNoLeak({ text }: RawResponse, { fields }: BadRequest, events: readonly ResourceServerEvent[]): void {
  const sent = fields.flatMap(([, value]) => value.split(/[\s.,;=]+/)).filter((part) => part.length > 8)
  expect(sent.filter((part) => text.includes(part))).toEqual([])
  expect(text).not.toMatch(/^ *at |node:|file:|\.[cm]?[jt]s\b/m)
  expect(text).not.toContain(new URL(jwksServer.jwksUri).host)
  expect(text).not.toContain(new URL(forge.issuer.issuer).host)
  for (const event of events) {
    if ('reason' in event) expect(text).not.toContain(event.reason)
    if ('cause' in event) expect(text).not.toContain(reasonOf(event) === event.code ? event.reason : reasonOf(event))
  }
  const credentials = fields.map(([, value]) => value.replace(/^\w+ +/, '')).filter((value) => value.length > 16)
  const reported = inspect(events, { depth: 8, maxStringLength: null })
  expect(credentials.filter((credential) => reported.includes(credential))).toEqual([])
}
