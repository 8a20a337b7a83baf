import { type AccessTokenVerifier, ConfigurationError, createMemoryStore } from '@bailiwick/protocol'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { IntrospectionVerifierOptions } from '../src/introspection-options.js'
import { createIntrospectionVerifier, type IntrospectionVerifier } from '../src/introspection-verifier.js'
import { client, keys, settingsFor } from './introspection-fixture.js'
import { audience, issuer, rsaKey } from './verifier-fixture.js'

const nobody = () => Promise.reject(new Error('nothing is to be fetched'))
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const privateJwk: JWK = await exportJWK(privateKey)

function problemWith(options: object): string {
  try {
    createIntrospectionVerifier({ ...settingsFor(nobody), ...options })
    return 'none'
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message
    throw error
  }
}

function problemWithAuthentication(authentication: unknown): string {
  return problemWith({ client: { clientId: 'api', authentication } })
}

describe('options', () => {
  it.each([
    [{ issuer: '' }, 'issuer must be'],
    [{ issuer: undefined }, 'issuer must be'],
    [{ audience: undefined }, 'audience must be'],
    [{ audience: [] }, 'audience must be'],
    [{ audience: '' }, 'audience must be'],
    [{ client: undefined }, 'client must say'],
    [{ client: { ...client, clientId: '' } }, 'client.clientId must be'],
    [{ client: { ...client, secret: 'x' } }, 'client has no option "secret"'],
    [{ client: { clientId: 'api' } }, 'client.authentication must be'],
    [{ response: 'jwt' }, "response must be 'json', 'signed' or 'phantom'"],
    [{ response: 'constructor' }, "response must be 'json', 'signed' or 'phantom'"],
    [{ keys }, `createIntrospectionVerifier with response: 'json' has no option "keys"`],
    [{ response: 'signed', profile: 'rfc9068' }, `with response: 'signed' has no option "profile"`],
    [{ response: 'phantom', keys: {} }, 'keys must be'],
    [{ response: 'phantom', algorithms: ['HS256'] }, 'algorithms must be'],
    [{ response: 'phantom', profile: 'strict' }, 'profile must be'],
    [{ endpoint: 'http://login.example.com/introspect' }, 'endpoint must be an https URL'],
    [{ endpoint: 'https://api:secret@login.example.com/introspect' }, 'endpoint must be an https URL'],
    [{ endpoint: 'https://login.example.com/introspect#x' }, 'endpoint must be an https URL'],
    [{ endpoint: '/introspect' }, 'endpoint must be an https URL'],
    [{ endpoint: undefined, issuer: 'the issuer' }, 'issuer must be an absolute https URL'],
    [{ timeoutMs: 0 }, 'timeoutMs must be'],
    [{ timeoutMs: '5000' }, 'timeoutMs must be'],
    [{ maxTokenBytes: 0 }, 'maxTokenBytes must be'],
    [{ maxResponseBytes: Number.NaN }, 'maxResponseBytes must be'],
    [{ maxConcurrentRequests: 0 }, 'maxConcurrentRequests must be'],
    [{ clockToleranceSeconds: 301 }, 'clockToleranceSeconds must be'],
    [{ requiredClaims: 'sub' }, 'requiredClaims must be'],
    [{ fetch: 'fetch' }, 'fetch must be a function'],
    [{ now: 0 }, 'now must be a function'],
    [{ cache: true }, 'cache must be an object'],
    [{ cache: { ttlMs: 5 } }, 'cache has no option "ttlMs"'],
    [{ cache: { maxTtlMs: 0 } }, 'cache.maxTtlMs must be'],
    [{ cache: { negativeTtlMs: -1 } }, 'cache.negativeTtlMs must be'],
    [{ cache: { storeTimeoutMs: 0 } }, 'cache.storeTimeoutMs must be'],
    [{ cache: { ignoreNoStore: 'yes' } }, 'cache.ignoreNoStore must be'],
    [{ cache: { store: {} } }, 'cache.store must be a store'],
    [{ cache: { store: null } }, 'cache.store must be a store'],
    [{ cache: { store: { get() {}, set() {}, delete: true } } }, 'cache.store must be a store'],
    [{ cache: { storeSecret: new Uint8Array(32) } }, 'cache.storeSecret needs cache.store'],
    [{ cache: { store: createMemoryStore(), storeSecret: new Uint8Array(31) } }, 'cache.storeSecret must be a Uint8Array of at least 32'],
    [{ cache: { store: createMemoryStore(), storeSecret: 'x'.repeat(32) } }, 'cache.storeSecret must be a Uint8Array of at least 32'],
    [{ revocation: {} }, 'revocation.isRevoked must be'],
    [{ senderConstraint: { required: true } }, 'senderConstraint.required needs'],
    [{ introspectionEndpoint: 'https://login.example.com' }, 'has no option "introspectionEndpoint"'],
  ])('%j: %s', (options, problem) => {
    expect(problemWith(options)).toContain(problem)
  })

  it.each([
    [{ method: 'client_secret_basic' }, 'clientSecret must be'],
    [{ method: 'client_secret_post', clientSecret: '' }, 'clientSecret must be'],
    [{ method: 'client_secret_jwt', clientSecret: 'x' }, 'method must be one of client_secret_basic, client_secret_post, private_key_jwt'],
    [{ method: 'none', clientSecret: 'x' }, 'client.authentication with none has no option "clientSecret"'],
    [{ method: 'tls_client_auth', cert: 'x' }, 'has no option "cert"'],
    [{ method: 'private_key_jwt' }, 'privateKey must be a private key'],
    [{ method: 'private_key_jwt', privateKey: publicKey, algorithm: 'ES256' }, 'privateKey must be a private key'],
    [{ method: 'private_key_jwt', privateKey: rsaKey.jwk }, 'privateKey must be a private key'],
    [{ method: 'private_key_jwt', privateKey }, 'algorithm must be a signature algorithm'],
    [{ method: 'private_key_jwt', privateKey: privateJwk }, 'algorithm must be a signature algorithm'],
    [{ method: 'private_key_jwt', privateKey: privateJwk, algorithm: 'HS256' }, 'algorithm must be a signature algorithm'],
    [{ method: 'private_key_jwt', privateKey: { kty: 'oct', k: 'AAAA', d: 'x', alg: 'HS256' } }, 'privateKey must be a private key'],
    [{ method: 'private_key_jwt', privateKey: { ...privateJwk, alg: 'ES256' } }, 'none'],
    [{ method: 'self_signed_tls_client_auth' }, 'none'],
  ])('of the client, %j: %s', (authentication, problem) => {
    expect(problemWithAuthentication(authentication)).toContain(problem)
  })

  it('cannot be changed after the verifier is made', () => {
    const authentication = { method: 'client_secret_basic', clientSecret: 'x' } as const
    const options = { ...settingsFor(nobody), audience: ['orders-api'], client: { clientId: 'api', authentication } }
    const verifier = createIntrospectionVerifier(options)
    options.audience.push('other')
    expect(verifier.issuers).toEqual([issuer])
    expect(Object.isFrozen(verifier.issuers)).toBe(true)
  })
})

describe('the types', () => {
  it('have each form of answers its options, and an audience asked for', () => {
    const base = { issuer, audience, client }
    expectTypeOf(base).toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ ...base, audience: null }).toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ issuer, client }).not.toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ issuer, audience }).not.toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ ...base, response: 'phantom' as const, keys, profile: 'rfc9068' as const }).toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ ...base, response: 'jwt' as const }).not.toExtend<IntrospectionVerifierOptions>()
    expectTypeOf({ ...base, cache: { store: createMemoryStore() } }).toExtend<IntrospectionVerifierOptions>()
  })

  it('make it a verifier like any other', () => {
    expectTypeOf<IntrospectionVerifier>().toExtend<AccessTokenVerifier>()
  })
})
