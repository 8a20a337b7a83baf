import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'
import { expectTypeOf, it } from 'vitest'
import type {
  ConfirmingVerifier,
  EvictingVerifier,
  HybridVerifier,
  HybridVerifierOptions,
  IntrospectionVerifier,
  JwtRulesOptions,
  JwtVerifier,
  JwtVerifierOptions,
  MultiIssuerVerifier,
  MultiIssuerVerifierOptions,
} from '../src/index.js'

it('verifiers of many issuers and of both kinds of tokens fit the port', () => {
  expectTypeOf<MultiIssuerVerifier>().toExtend<AccessTokenVerifier>()
  expectTypeOf<HybridVerifier>().toExtend<AccessTokenVerifier>()
})

it('what evicts and what confirms says so', () => {
  expectTypeOf<JwtVerifier>().toExtend<EvictingVerifier>()
  expectTypeOf<MultiIssuerVerifier>().toExtend<EvictingVerifier>()
  expectTypeOf<HybridVerifier>().toExtend<EvictingVerifier>()
  expectTypeOf<IntrospectionVerifier>().toExtend<EvictingVerifier & ConfirmingVerifier>()
  expectTypeOf<AccessTokenVerifier>().not.toExtend<EvictingVerifier>()
  expectTypeOf<AccessTokenVerifier>().not.toExtend<ConfirmingVerifier>()
  expectTypeOf<JwtVerifier>().not.toExtend<ConfirmingVerifier>()
})

it('a hybrid takes any verifiers, and to confirm tokens one that can', () => {
  type Options<Introspection, Wanted> = { jwt: AccessTokenVerifier; introspection: Introspection; confirm: Wanted }
  type Confirm = (token: VerifiedAccessToken) => boolean
  expectTypeOf<{ jwt: AccessTokenVerifier; introspection: AccessTokenVerifier }>().toExtend<HybridVerifierOptions>()
  expectTypeOf<{ jwt: JwtVerifier; introspection: IntrospectionVerifier }>().toExtend<HybridVerifierOptions>()
  expectTypeOf<Options<AccessTokenVerifier, undefined>>().toExtend<HybridVerifierOptions>()
  expectTypeOf<Options<IntrospectionVerifier, Confirm>>().toExtend<HybridVerifierOptions>()
  expectTypeOf<Options<ConfirmingVerifier, Confirm | undefined>>().toExtend<HybridVerifierOptions>()
  expectTypeOf<Options<AccessTokenVerifier, Confirm>>().not.toExtend<HybridVerifierOptions>()
  expectTypeOf<Options<JwtVerifier, Confirm>>().not.toExtend<HybridVerifierOptions>()
})

it('whether a token is to be confirmed is no promise, and neither is whether an issuer is trusted', () => {
  expectTypeOf<() => Promise<boolean>>().not.toExtend<NonNullable<HybridVerifierOptions['confirm']>>()
  type WithResolver<Trusted> = { issuers: { isTrusted: () => Trusted; resolve: () => undefined } }
  expectTypeOf<WithResolver<boolean>>().toExtend<MultiIssuerVerifierOptions>()
  expectTypeOf<WithResolver<Promise<boolean>>>().not.toExtend<MultiIssuerVerifierOptions>()
})

it('issuers are a list or a resolver, and an audience is asked for', () => {
  expectTypeOf<{ issuers: [{ issuer: string; audience: null }] }>().toExtend<MultiIssuerVerifierOptions>()
  expectTypeOf<{ issuers: [{ issuer: string }] }>().not.toExtend<MultiIssuerVerifierOptions>()
  expectTypeOf<{ issuers: { resolve: () => undefined } }>().not.toExtend<MultiIssuerVerifierOptions>()
  expectTypeOf<{ issuers: { isTrusted: () => boolean } }>().not.toExtend<MultiIssuerVerifierOptions>()
  expectTypeOf<{ issuers: string[] }>().not.toExtend<MultiIssuerVerifierOptions>()
})

it('what is a rule of one issuer is an option of a verifier of one', () => {
  expectTypeOf<JwtVerifierOptions>().toExtend<JwtRulesOptions>()
  expectTypeOf<'cache' | 'fetch' | 'now'>().not.toExtend<keyof JwtRulesOptions>()
})
