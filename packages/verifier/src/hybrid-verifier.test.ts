import { ConfigurationError, type SenderConstraintSupport } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createWatchedIntrospection, createWatchedJwt, opaque, presentation } from '../test/hybrid-fixture.js'
import { partner } from '../test/multi-issuer-fixture.js'
import { audience, claims, createVerifier, issuer, key, now } from '../test/verifier-fixture.js'
import { outcome } from '../test/verdict.js'
import { createHybridVerifier } from './hybrid-verifier.js'
import { createIntrospectionVerifier } from './introspection-verifier.js'
import type { TokenSelector } from './token-selector.js'

describe('the issuers', () => {
  it('are those of both, each once', () => {
    const [jwt, introspection] = [createWatchedJwt(), createWatchedIntrospection()]
    expect(createHybridVerifier({ jwt, introspection }).issuers).toEqual([issuer])
    const several = { ...introspection, issuers: [partner, issuer] }
    expect(createHybridVerifier({ jwt, introspection: several }).issuers).toEqual([issuer, partner])
  })

  it('are not told when neither verifier tells', () => {
    const [jwt, introspection] = [createWatchedJwt(), createWatchedIntrospection()]
    const silent = createHybridVerifier({
      jwt: { verify: jwt.verify },
      introspection: { verify: introspection.verify.bind(introspection) },
    })
    expect(Object.hasOwn(silent, 'issuers')).toBe(false)
  })
})

describe('what was kept', () => {
  it('is forgotten by both verifiers', async () => {
    const forgotten: unknown[] = []
    const forget = (name: string) => (selector: TokenSelector) => void forgotten.push([name, selector])
    const jwt = { ...createWatchedJwt(), evict: forget('jwt') }
    const introspection = { ...createWatchedIntrospection(), evict: async (selector: TokenSelector) => forget('introspection')(selector) }
    const verifier = createHybridVerifier({ jwt, introspection })
    const evicted = verifier.evict({ sub: 'john', issuer })
    expect(forgotten).toEqual([
      ['jwt', { sub: 'john', issuer }],
      ['introspection', { sub: 'john', issuer }],
    ])
    await evicted
  })

  it('is forgotten by one even if the other fails, which is told', async () => {
    const forgotten: TokenSelector[] = []
    const jwt = { ...createWatchedJwt(), evict: () => raise(new Error('no store')) }
    const introspection = { ...createWatchedIntrospection(), evict: (selector: TokenSelector) => void forgotten.push(selector) }
    await expect(createHybridVerifier({ jwt, introspection }).evict({ jti: '1' })).rejects.toThrow('no store')
    expect(forgotten).toEqual([{ jti: '1' }])
  })

  it('may be nothing: a verifier need not keep any', async () => {
    const verifier = createHybridVerifier({ jwt: createVerifier(), introspection: createWatchedIntrospection() })
    const token = await key.sign(claims)
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    await verifier.evict({ token })
    expect(await verifier.verify(token)).not.toBe(first)
  })
})

describe('with a real introspection', () => {
  it('both kinds are accepted, and a JWT is confirmed where that is wanted', async () => {
    const token = await key.sign(claims)
    const active = new Set(['opaque', token])
    const asked: string[] = []
    let time = now
    const introspection = createIntrospectionVerifier({
      issuer,
      audience,
      client: { clientId: 'orders-api', authentication: { method: 'none' } },
      endpoint: `${issuer}/introspect`,
      fetch: async (_, init) => {
        const inQuestion = new URLSearchParams(init.body as string).get('token') ?? ''
        asked.push(inQuestion)
        return Response.json(active.has(inQuestion) ? { ...claims, active: true } : { active: false })
      },
      now: () => (time += 1),
    })
    const confirm = () => true
    const verifier = createHybridVerifier({ jwt: createVerifier(), introspection, confirm })
    expect((await verifier.verify('opaque')).claims.sub).toBe('john')
    expect(await outcome(verifier.verify('unheard-of'))).toBe('invalid_token token_inactive')
    const local = await verifier.verify(token)
    expect(local.claims).toEqual(claims)
    expect(await verifier.verify(token)).toBe(local)
    active.delete(token)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_inactive')
    expect(asked).toEqual(['opaque', 'unheard-of', token, token, token])
  })
})

describe('the sender constraint', () => {
  it('is what holds for both', () => {
    const support: SenderConstraintSupport = { required: true, mtls: true }
    const jwt = { ...createWatchedJwt(), senderConstraint: support }
    const introspection = createWatchedIntrospection()
    expect(createHybridVerifier({ jwt, introspection }).senderConstraint).toEqual({ required: false, mtls: false })
    const both = { jwt, introspection: { ...introspection, senderConstraint: support } }
    expect(createHybridVerifier(both).senderConstraint).toEqual(support)
    expect(createHybridVerifier({ jwt: createVerifier(), introspection }).senderConstraint).toBeUndefined()
  })

  it('is checked by the verifier that the token goes to', async () => {
    const verifier = createHybridVerifier({ jwt: createVerifier(), introspection: createWatchedIntrospection() })
    expect(await outcome(verifier.verify(await key.sign(claims), { ...presentation, scheme: 'DPoP' }))).toBe(
      'invalid_token scheme_unsupported',
    )
    expect(await verifier.verify('opaque', presentation)).toBe(opaque)
  })
})

describe('an option that cannot work', () => {
  const [jwt, introspection] = [createWatchedJwt(), createWatchedIntrospection()]
  const dpop = { required: false, mtls: false, dpop: { algorithms: ['ES256'] } }

  it.each<[object, string]>([
    [{ jwt: undefined }, 'jwt must be a verifier'],
    [{ jwt: null }, 'jwt must be a verifier'],
    [{ jwt: { issuer } }, 'jwt must be a verifier'],
    [{ introspection: undefined }, 'introspection must be a verifier'],
    [{ introspection: () => {} }, 'introspection must be a verifier'],
    [{ confirm: true }, 'confirm must be a function'],
    [{ now: 0 }, 'now must be a function'],
    [{ confirm: () => true, introspection: { verify: jwt.verify } }, 'confirm needs an introspection verifier that can confirm a token'],
    [{ cache: false }, 'createHybridVerifier has no option "cache"'],
    [{ jwt: { ...jwt, senderConstraint: dpop } }, 'introspection has no senderConstraint.dpop'],
  ])('is found at once: %#', (options, message) => {
    const create = () => createHybridVerifier({ jwt, introspection, ...options })
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(message)
  })
})

function raise(error: Error): never {
  throw error
}
