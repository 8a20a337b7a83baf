import type { AccessTokenClaims, AccessTokenVerifier } from '@bailiwick/protocol'
import { expectTypeOf, it } from 'vitest'
import type {
  AccessTokenErrorCode,
  HybridVerifierOptions,
  JwtVerifier,
  JwtVerifierOptions,
  KeysOption,
  RemoteJwks,
  RemoteJwksOptions,
  RemoteJwksState,
  RevocationOptions,
  SigningAlgorithm,
  VerifiedJws,
} from '../src/index.js'

it('a verifier fits the port', () => {
  expectTypeOf<JwtVerifier>().toExtend<AccessTokenVerifier>()
})

it('claims have the types that were checked, and the others none', () => {
  type Claims = Awaited<ReturnType<JwtVerifier['verify']>>['claims']
  expectTypeOf<Claims['iss' | 'sub' | 'jti' | 'client_id']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Claims['aud']>().toEqualTypeOf<string | readonly string[] | undefined>()
  expectTypeOf<Claims['exp' | 'nbf' | 'iat']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Claims['scope' | 'account_nr']>().toEqualTypeOf<unknown>()
})

it('who is asked about a token sees the types of its claims', () => {
  expectTypeOf<Parameters<RevocationOptions['isRevoked']>[0]['claims']>().toEqualTypeOf<AccessTokenClaims>()
  expectTypeOf<Parameters<NonNullable<HybridVerifierOptions['confirm']>>[0]['claims']>().toEqualTypeOf<AccessTokenClaims>()
})

it('an algorithm that was checked is one of those that are supported', () => {
  expectTypeOf<VerifiedJws['header']['alg']>().toEqualTypeOf<SigningAlgorithm>()
  expectTypeOf<VerifiedJws['header']['kid']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<VerifiedJws['header']['typ']>().toEqualTypeOf<unknown>()
  expectTypeOf<RemoteJwksState['keys'][number]['algorithms']>().toEqualTypeOf<readonly SigningAlgorithm[]>()
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
