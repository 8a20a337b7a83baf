import type { AccessTokenClaims } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import { createAnswerKeys } from '../src/internal/introspection/answer-keys.js'
import { sealAnswer } from '../src/internal/introspection/sealed-answer.js'
import { active, client, createFakeStore, endpoint, json, keys, typed, verifierTold } from './introspection-fixture.js'
import { createPair, homeClaims, homeKey, homeRules } from './multi-issuer-fixture.js'
import { outcome } from './verdict.js'
import { audience, claims, createVerifier, issuer, key, nowSeconds, now } from './verifier-fixture.js'

/** The claims that have a type: one that is added to the type, and not here, does not compile. */
type TypedClaim = keyof { [Name in keyof AccessTokenClaims as string extends Name ? never : Name]: unknown }

const notText = [null, 1, true, ['john'], { toString: 'john' }]
const notTimes = [null, String(nowSeconds), true, [nowSeconds], { valueOf: nowSeconds }, -1]
const wrongTypes: Readonly<Record<TypedClaim, readonly unknown[]>> = {
  iss: notText,
  sub: notText,
  aud: [null, 1, true, { 0: audience }, [1], [null], [audience, 7], [[audience]]],
  exp: notTimes,
  nbf: notTimes,
  iat: notTimes,
  jti: notText,
  client_id: notText,
}

/** Verifies a token with claims that are those of a good one, but for some. */
type Verify = (changed: object) => Promise<unknown>

const signed = (changed: object) => key.sign({ ...claims, ...changed })
const toldInJson = (changed: object, options = {}) => verifierTold(() => json({ ...active, ...changed }), options)
const phantom = (changed: object) =>
  verifierTold(async () => typed('application/jwt', await signed(changed)), { response: 'phantom', keys, audience: null })

const verifiers: readonly (readonly [string, Verify])[] = [
  ['of JWTs', async (changed) => createVerifier().verify(await signed(changed))],
  ['of JWTs for any audience', async (changed) => createVerifier({ audience: null }).verify(await signed(changed))],
  [
    'of JWTs by the profile',
    async (changed) => createVerifier({ profile: 'rfc9068' }).verify(await key.sign({ ...claims, ...changed }, { typ: 'at+jwt' })),
  ],
  ['by introspection', (changed) => toldInJson(changed).verify('opaque')],
  ['by introspection for any audience', (changed) => toldInJson(changed, { audience: null }).verify('opaque')],
  ['by introspection that confirms', (changed) => toldInJson(changed).confirm('opaque')],
  ['by introspection from a store', verifyStored],
  ['by signed introspection', verifySignedAnswer],
  ['by phantom tokens', (changed) => phantom(changed).verify('opaque')],
  ['by phantom tokens in JSON', verifyPhantomInJson],
  ['of many issuers', async (changed) => createPair().verifier.verify(await homeKey.sign({ ...homeClaims, ...changed }))],
  ['of many issuers behind a resolver', async (changed) => resolving().verify(await homeKey.sign({ ...homeClaims, ...changed }))],
  ['of both kinds, for a JWT', async (changed) => hybrid(changed).verify(await signed(changed))],
  ['of both kinds, for an opaque token', (changed) => hybrid(changed).verify('opaque')],
]

describe.each(verifiers)('a verifier %s', (_, verify) => {
  it.each(Object.entries(wrongTypes))('gives out no %s of another type than it has to have', async (name, values) => {
    expect(await outcome(verify({}))).toBe('accepted')
    for (const value of values) expect([value, await outcome(verify({ [name]: value }))]).toEqual([value, 'invalid_token claim_invalid'])
  })
})

async function verifyStored(changed: object): Promise<unknown> {
  const store = createFakeStore()
  const answerKeys = createAnswerKeys({ issuer, endpoint, audience: [audience], clientId: client.clientId, response: 'json' })
  const { active: _, ...members } = { ...active, ...changed }
  const answer = { statement: { active: true, claims: members }, askedAt: now, until: now + 60_000 } as const
  const value = await sealAnswer(answer, await answerKeys.sealKeyOf('opaque'))
  store.entries.set(await answerKeys.storeKeyOf('opaque'), { value, ttlMs: 60_000 })
  return verifierTold(() => json({ active: false }), { cache: { store } }).verify('opaque')
}

function verifySignedAnswer(changed: object): Promise<unknown> {
  const answer = { iss: issuer, aud: client.clientId, iat: nowSeconds, token_introspection: { ...active, ...changed } }
  const told = async () => typed('application/token-introspection+jwt', await key.sign(answer, { typ: 'token-introspection+jwt' }))
  return verifierTold(told, { response: 'signed', keys }).verify('opaque')
}

function verifyPhantomInJson(changed: object): Promise<unknown> {
  const told = async () => json({ active: true, phantom_token: await signed(changed) })
  return verifierTold(told, { response: 'phantom', keys }).verify('opaque')
}

function resolving() {
  return createPair({ issuers: { isTrusted: () => true, resolve: () => homeRules } }).verifier
}

function hybrid(changed: object) {
  return createHybridVerifier({ jwt: createVerifier(), introspection: toldInJson(changed), confirm: () => false })
}
