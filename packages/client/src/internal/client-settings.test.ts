import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ClientOptions } from '../client-options.js'
import { readClientOptions } from './client-settings.js'

const least: ClientOptions = { issuer: 'https://login.example.com', clientId: 'shop', authentication: { method: 'none' } }
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])

test('fills in what is safe', () => {
  expect(readClientOptions(least)).toEqual({
    ...least,
    redirectUri: undefined,
    scope: 'openid',
    claims: undefined,
    dpop: undefined,
    requestObject: undefined,
    pushedAuthorizationRequests: 'when-supported',
    loginTimeoutSeconds: 600,
    metadata: undefined,
    timeoutMs: 10_000,
    clockToleranceSeconds: 30,
    fetch: undefined,
    now: Date.now,
  })
})

test.each<[string, object, string]>([
  ['an option that there is not', { redirectURI: 'https://shop.example.com' }, 'there is no option "redirectURI"'],
  ['an option against PKCE', { pkce: false }, 'there is no option "pkce"'],
  ['an issuer over http', { issuer: 'http://login.example.com' }, 'issuer'],
  ['an issuer with a query', { issuer: 'https://login.example.com?a=b' }, 'issuer'],
  ['an issuer that is none', { issuer: 'login.example.com' }, 'issuer'],
  ['no client id', { clientId: '' }, 'clientId is missing'],
  ['a client id that is no text', { clientId: 7 }, 'clientId is missing'],
  ['no authentication', { authentication: undefined }, 'authentication.method must be one of'],
  ['an unknown method', { authentication: { method: 'password' } }, 'authentication.method must be one of'],
  ['a secret that is missing', { authentication: { method: 'client_secret_basic' } }, 'authentication.clientSecret is missing'],
  ['an empty secret', { authentication: { method: 'client_secret_post', clientSecret: '' } }, 'authentication.clientSecret is missing'],
  [
    'a secret too short for HS256',
    { authentication: { method: 'client_secret_jwt', clientSecret: 'x'.repeat(31) } },
    'fewer than 32 bytes',
  ],
  ['a key that is missing', { authentication: { method: 'private_key_jwt' } }, 'authentication.privateKey is missing'],
  [
    'a member of authentication that there is not',
    { authentication: { method: 'private_key_jwt', privateKey: key, keyId: 'one' } },
    'authentication: there is no option "keyId"',
  ],
  [
    'a secret beside another method',
    { authentication: { method: 'none', clientSecret: 'secret' } },
    'authentication: there is no option "clientSecret": there are method',
  ],
  ['no object for authentication', { authentication: 'none' }, 'authentication.method must be one of'],
  ['a member of requestObject that there is not', { requestObject: { key } }, 'requestObject: there is no option "key"'],
  ['a request object without a key', { requestObject: { kid: 'one' } }, 'requestObject.privateKey is missing'],
  ['metadata of another issuer', { metadata: { issuer: 'https://login.example.com/' } }, 'metadata.issuer is another'],
  ['metadata that are none', { metadata: 'https://login.example.com' }, 'metadata.issuer is another'],
  [
    'an endpoint over http',
    { metadata: { issuer: 'https://login.example.com', token_endpoint: 'http://login.example.com/token' } },
    'metadata.token_endpoint cannot be used',
  ],
  [
    'a script for an endpoint',
    { metadata: { issuer: 'https://login.example.com', end_session_endpoint: 'javascript:alert(1)' } },
    'metadata.end_session_endpoint cannot be used',
  ],
  ['a member of dpop that there is not', { dpop: { keypair: {} } }, 'dpop: there is no option "keypair"'],
  ['a pair of keys that is none', { dpop: { keyPair: {} } }, 'dpop.keyPair must be'],
  ['a pair without its private key', { dpop: { keyPair: { publicKey: pair.publicKey } } }, 'dpop.keyPair must be'],
  ['a pair the wrong way round', { dpop: { keyPair: { publicKey: pair.privateKey, privateKey: pair.publicKey } } }, 'dpop.keyPair must be'],
  ['a dpop that is no object', { dpop: true }, 'dpop must be an object'],
  ['a mode of PAR that there is not', { pushedAuthorizationRequests: 'always' }, 'pushedAuthorizationRequests must be one of'],
  ['a login that may take for ever', { loginTimeoutSeconds: 86_401 }, 'loginTimeoutSeconds must be a number from 30 to 86400'],
  ['a login without time', { loginTimeoutSeconds: 29 }, 'loginTimeoutSeconds'],
  ['no time for a request', { timeoutMs: 0 }, 'timeoutMs must be a number from 1'],
  ['a time that is no number', { timeoutMs: Number.NaN }, 'timeoutMs'],
  ['a tolerance that lets everything pass', { clockToleranceSeconds: 301 }, 'clockToleranceSeconds must be a number from 0 to 300'],
  ['a negative tolerance', { clockToleranceSeconds: -1 }, 'clockToleranceSeconds'],
  ['a redirect URI over http', { redirectUri: 'http://shop.example.com/callback' }, 'redirectUri'],
  ['a redirect URI with a fragment', { redirectUri: 'https://shop.example.com/callback#x' }, 'redirectUri'],
  ['a relative redirect URI', { redirectUri: '/callback' }, 'redirectUri'],
  ['a redirect URI that is a script', { redirectUri: 'javascript:alert(1)' }, 'redirectUri'],
])('refuses %s', (_, options, message) => {
  expect(() => readClientOptions({ ...least, ...options })).toThrow(expect.objectContaining({ code: 'configuration_invalid' }))
  expect(() => readClientOptions({ ...least, ...options })).toThrow(message)
})

test.each<[string, Partial<ClientOptions>]>([
  ['an issuer on loopback', { issuer: 'http://127.0.0.1:9000' }],
  ['a redirect URI on loopback', { redirectUri: 'http://127.0.0.1/callback' }],
  ['a private scheme with a dot', { redirectUri: 'com.example.app:/callback' }],
  ['metadata', { metadata: { issuer: least.issuer, token_endpoint: 'https://login.example.com/token', more: true } }],
  ['a certificate', { authentication: { method: 'tls_client_auth' } }],
  ['a secret of 32 bytes for HS256', { authentication: { method: 'client_secret_jwt', clientSecret: 'é'.repeat(16) } }],
  ['a key for its requests', { requestObject: { privateKey: key, algorithm: 'ES256', kid: 'one' } }],
  ['a private key', { authentication: { method: 'private_key_jwt', privateKey: key, algorithm: 'ES256' } }],
])('takes %s', (_, options) => {
  expect(readClientOptions({ ...least, ...options })).toMatchObject(options)
})

test('names no secret in its errors', () => {
  const authentication = { method: 'client_secret_jwt', clientSecret: 'a short secret' } as const
  expect(() => readClientOptions({ ...least, authentication })).not.toThrow('a short secret')
})
