import { describe, expect, it } from 'vitest'
import { createJwtVerifier } from '../src/jwt-verifier.js'
import { createRemoteJwks } from '../src/remote-jwks.js'
import { createFakeClock } from './fake-clock.js'
import { createFakeIssuer } from './fake-issuer.js'
import { audience, claims, issuer, key, now } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const token = await key.sign({ ...claims, exp: now / 1000 + 86_400 })

function setUp() {
  const clock = createFakeClock(now)
  const fake = createFakeIssuer(clock.now, [key.jwk])
  const keys = createRemoteJwks({ issuer, fetch: fake.fetch, now: clock.now, sleep: clock.sleep, timeoutMs: 50 })
  return { clock, fake, verifier: createJwtVerifier({ issuer, audience, keys, now: clock.now }) }
}

const json = { 'content-type': 'application/json' }

/** What an issuer, or whatever stands between, may answer instead of a document. */
const answers: [string, () => Response | Promise<Response>][] = [
  ['nothing', () => new Promise<Response>(() => {})],
  ['a body that never ends', () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { headers: json })],
  ['500', () => new Response('{}', { status: 500, headers: json })],
  ['429', () => new Response('{}', { status: 429, headers: json })],
  ['404', () => new Response('not found', { status: 404 })],
  ['401', () => new Response('{}', { status: 401, headers: json })],
  ['HTML', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['10 MB', () => new Response(`{"keys":[],"x":"${'x'.repeat(10_000_000)}"}`, { headers: json })],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
  ['an empty body', () => new Response('', { headers: json })],
  ['an empty object', () => Response.json({})],
  ['an empty list', () => Response.json([])],
  ['null', () => Response.json(null)],
  ['no JSON', () => new Response('{"keys":', { headers: json })],
  ['levels without end', () => new Response('['.repeat(200_000), { headers: json })],
  ['bytes that are no UTF-8', () => new Response(new Uint8Array([0x7b, 0xff, 0x7d]), { headers: json })],
]

describe('a good token, when the issuer answers with', () => {
  it.each(answers)('%s for its key set, makes it unavailable', async (_, answer) => {
    const { fake, verifier } = setUp()
    fake.answers.set(fake.jwksUri, answer)
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
    expect(fake.requests.map(({ url }) => url)).not.toContain('https://evil.example/')
  })

  it.each(answers)('%s for its metadata, makes it unavailable', async (_, answer) => {
    const { fake, verifier } = setUp()
    fake.answers.set(fake.metadataUrl, answer)
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
    expect(fake.requestsTo(fake.jwksUri)).toEqual([])
  })

  it('an empty key set makes it unavailable', async () => {
    const { fake, verifier } = setUp()
    fake.keys = []
    expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
    expect(fake.requestsTo(fake.jwksUri)).toHaveLength(1)
  })

  it('the keys of somebody else makes it a bad one', async () => {
    const { fake, verifier } = setUp()
    fake.keys = [{ ...key.jwk, kid: 'other' }]
    expect(await outcome(verifier.verify(token))).toBe('invalid_token key_not_found')
  })

  it.each(answers)('%s later, while its keys are held, is accepted', async (_, answer) => {
    const { clock, fake, verifier } = setUp()
    await verifier.verify(token)
    fake.answers.set(fake.jwksUri, answer)
    fake.answers.set(fake.metadataUrl, answer)
    await clock.advance(700_000)
    fake.requests.length = 0
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(fake.requests).toHaveLength(1)
  })
})

describe('a bad token', () => {
  it('is bad whatever the issuer answers, when it need not be asked', async () => {
    const { fake, verifier } = setUp()
    fake.isDown = true
    expect(await outcome(verifier.verify('x.y.z'))).toBe('invalid_token token_malformed')
    expect(await outcome(verifier.verify(await key.sign(claims, { typ: 'dpop+jwt' })))).toBe('invalid_token token_type_rejected')
    expect(fake.requests).toEqual([])
  })
})
