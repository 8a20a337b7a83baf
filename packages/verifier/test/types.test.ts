import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { expectTypeOf, it } from 'vitest'
import type { AccessTokenErrorCode, JwtVerifier, JwtVerifierOptions, KeysOption, RemoteJwks, RemoteJwksOptions } from '../src/index.js'

it('a verifier fits the port', () => {
  expectTypeOf<JwtVerifier>().toExtend<AccessTokenVerifier>()
})

it('an issuer and an audience are asked for, and null is an audience', () => {
  expectTypeOf<{ issuer: string; audience: string }>().toExtend<JwtVerifierOptions>()
  expectTypeOf<{ issuer: string; audience: null }>().toExtend<JwtVerifierOptions>()
  expectTypeOf<{ issuer: string }>().not.toExtend<JwtVerifierOptions>()
  expectTypeOf<{ issuer: string; audience: undefined }>().not.toExtend<JwtVerifierOptions>()
  expectTypeOf<{ audience: string }>().not.toExtend<JwtVerifierOptions>()
})

it('a symmetric algorithm is none', () => {
  expectTypeOf<{ issuer: string; audience: string; algorithms: ['HS256'] }>().not.toExtend<JwtVerifierOptions>()
})

it('keys are a set, a URL, or a source', () => {
  expectTypeOf<RemoteJwks>().toExtend<KeysOption>()
  expectTypeOf<{ jwksUri: string }>().toExtend<KeysOption>()
  expectTypeOf<string>().not.toExtend<KeysOption>()
})

it('a remote key set is at a URL or of an issuer', () => {
  expectTypeOf<{ ttlMs: number }>().not.toExtend<RemoteJwksOptions>()
  expectTypeOf<{ issuer: string; ttlMs: undefined }>().toExtend<RemoteJwksOptions>()
})

it('a code is one of a closed set', () => {
  expectTypeOf<'token_expired'>().toExtend<AccessTokenErrorCode>()
  expectTypeOf<string>().not.toExtend<AccessTokenErrorCode>()
})
