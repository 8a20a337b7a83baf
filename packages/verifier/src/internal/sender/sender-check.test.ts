import { ConfigurationError, type RequestLike, type TokenScheme } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createClientCertificate } from '../../../test/client-certificates.js'
import { createProofKey, publicUrl, requestWith, token } from '../../../test/dpop-fixture.js'
import { outcome } from '../../../test/verdict.js'
import { now } from '../../../test/verifier-fixture.js'
import type { SenderConstraintOptions } from '../../sender-constraint-options.js'
import { createSenderCheck } from './sender-check.js'

const key = await createProofKey()
const otherKey = await createProofKey()
const certificate = await createClientCertificate()
const otherCertificate = await createClientCertificate()

const dpop: SenderConstraintOptions = { dpop: { publicUrl } }
const mtls: SenderConstraintOptions = { mtls: { from: 'connection' } }
const both: SenderConstraintOptions = { ...dpop, ...mtls }

const toKey = { jkt: key.jkt }
const toCertificate = { 'x5t#S256': certificate.thumbprint }

const plain = requestWith([])
const overTls = (request: RequestLike, { certificateDer } = certificate): RequestLike => ({
  ...request,
  peer: { address: '127.0.0.1', certificate: certificateDer },
})

const create = (options: SenderConstraintOptions | undefined) => createSenderCheck(options, { now: () => now })

/** What comes of a token with this `cnf`, or with none, and whether the check says so at once. */
function presented(options: SenderConstraintOptions | undefined, cnf: unknown, scheme?: TokenScheme, request = plain): Promise<string> {
  const { check } = create(options)
  return outcome((async () => check(token, cnf, scheme && { scheme, request }))())
}

describe('a token that is bound to nobody', () => {
  it.each([['none', undefined] as const, ['an empty one', {}] as const, ['both', both] as const])(
    'is a bearer token, with %s for senderConstraint',
    async (_, options) => {
      expect(create(options).check(token, undefined, { scheme: 'Bearer', request: plain })).toBe(undefined)
      expect(await presented(options, undefined)).toBe('accepted')
    },
  )

  it('is refused under DPoP, with a good proof too', async () => {
    expect(await presented(both, undefined, 'DPoP', requestWith(await key.prove()))).toBe('invalid_token scheme_mismatch')
    expect(await presented(mtls, undefined, 'DPoP', overTls(plain))).toBe('invalid_token scheme_unsupported')
    expect(await presented(undefined, undefined, 'DPoP')).toBe('invalid_token scheme_unsupported')
  })

  it('is refused under a scheme that nobody knows, as under DPoP', async () => {
    const unknown = 'MAC' as string as TokenScheme
    expect(await presented(both, undefined, unknown)).toBe('invalid_token scheme_mismatch')
    expect(await presented(mtls, undefined, unknown, overTls(plain))).toBe('invalid_token scheme_unsupported')
    expect(await presented(mtls, toCertificate, unknown, overTls(plain))).toBe('invalid_token scheme_unsupported')
  })

  it('is refused where one that is bound is required, whatever comes with it', async () => {
    const required = { ...both, required: true }
    expect(await presented(required, undefined)).toBe('invalid_token sender_constraint_missing')
    expect(await presented(required, undefined, 'Bearer', overTls(plain))).toBe('invalid_token sender_constraint_missing')
    expect(await presented(required, undefined, 'DPoP', requestWith(await key.prove()))).toBe('invalid_token sender_constraint_missing')
  })
})

describe('a token that is bound to a certificate', () => {
  it('is accepted with that certificate, at once', () => {
    for (const options of [mtls, both, { ...mtls, required: true }]) {
      expect(create(options).check(token, toCertificate, { scheme: 'Bearer', request: overTls(plain) })).toBe(undefined)
    }
  })

  it('is refused without it', async () => {
    expect(await presented(mtls, toCertificate, 'Bearer')).toBe('invalid_token certificate_missing')
    expect(await presented(mtls, toCertificate, 'Bearer', overTls(plain, otherCertificate))).toBe('invalid_token certificate_mismatch')
    expect(await presented(mtls, toCertificate)).toBe('invalid_token confirmation_unchecked')
  })

  it('is refused where certificates are not looked at', async () => {
    for (const options of [undefined, {}, dpop]) {
      expect(await presented(options, toCertificate, 'Bearer', overTls(plain))).toBe('invalid_token confirmation_unchecked')
    }
    expect(() => create(dpop).check(token, toCertificate, { scheme: 'Bearer', request: overTls(plain) })).toThrow(
      'it has x5t#S256, and senderConstraint.mtls is not set',
    )
  })

  it('is refused under DPoP, with a good proof too', async () => {
    const request = overTls(requestWith(await key.prove()))
    expect(await presented(both, toCertificate, 'DPoP', request)).toBe('invalid_token scheme_mismatch')
    expect(await presented(mtls, toCertificate, 'DPoP', request)).toBe('invalid_token scheme_unsupported')
  })
})

describe('a token that is bound to a key', () => {
  it('is accepted under DPoP with a proof of that key', async () => {
    for (const options of [dpop, both, { ...dpop, required: true }]) {
      expect(await presented(options, toKey, 'DPoP', requestWith(await key.prove()))).toBe('accepted')
    }
  })

  it('is refused without it', async () => {
    expect(await presented(dpop, toKey, 'DPoP')).toBe('invalid_token dpop_proof_missing')
    expect(await presented(dpop, toKey, 'DPoP', requestWith(await otherKey.prove()))).toBe('invalid_token dpop_key_mismatch')
    expect(await presented(dpop, toKey)).toBe('invalid_token confirmation_unchecked')
  })

  it('is refused under Bearer, with a good proof too', async () => {
    expect(await presented(dpop, toKey, 'Bearer')).toBe('invalid_token scheme_mismatch')
    expect(await presented(both, toKey, 'Bearer', overTls(requestWith(await key.prove())))).toBe('invalid_token scheme_mismatch')
  })

  it('is refused where proofs are not looked at', async () => {
    const request = overTls(requestWith(await key.prove()))
    for (const options of [undefined, {}, mtls]) {
      expect(await presented(options, toKey, 'Bearer', request)).toBe('invalid_token confirmation_unchecked')
      expect(await presented(options, toKey, 'DPoP', request)).toBe('invalid_token scheme_unsupported')
    }
  })
})

describe('a token that is bound to a key and to a certificate', () => {
  const cnf = { ...toKey, ...toCertificate }

  it('is accepted with both', async () => {
    expect(await presented(both, cnf, 'DPoP', overTls(requestWith(await key.prove())))).toBe('accepted')
  })

  it('is refused without either', async () => {
    const request = requestWith(await key.prove())
    expect(await presented(both, cnf, 'DPoP', request)).toBe('invalid_token certificate_missing')
    expect(await presented(both, cnf, 'DPoP', overTls(request, otherCertificate))).toBe('invalid_token certificate_mismatch')
    expect(await presented(both, cnf, 'DPoP', overTls(plain))).toBe('invalid_token dpop_proof_missing')
    expect(await presented(both, cnf, 'DPoP', overTls(requestWith(await otherKey.prove())))).toBe('invalid_token dpop_key_mismatch')
    expect(await presented(both, cnf, 'Bearer', overTls(request))).toBe('invalid_token scheme_mismatch')
  })

  it('is refused where one of them is not looked at', async () => {
    const request = overTls(requestWith(await key.prove()))
    expect(await presented(dpop, cnf, 'DPoP', request)).toBe('invalid_token confirmation_unchecked')
    expect(await presented(mtls, cnf, 'Bearer', request)).toBe('invalid_token confirmation_unchecked')
  })

  it('does not use up the proof if the certificate is not there', async () => {
    const { check } = create(both)
    const request = requestWith(await key.prove())
    const present = (sent: RequestLike) => outcome((async () => check(token, cnf, { scheme: 'DPoP', request: sent }))())
    expect(await present(request)).toBe('invalid_token certificate_missing')
    expect(await present(overTls(request))).toBe('accepted')
    expect(await present(overTls(request))).toBe('invalid_token dpop_proof_replayed')
  })
})

describe('a cnf', () => {
  const thumbprint = certificate.thumbprint
  const hex = Buffer.from(thumbprint, 'base64url').toString('hex')

  it.each([
    ['is null', null],
    ['is a text', thumbprint],
    ['is a list', [toCertificate]],
    ['is true', true],
    ['is empty', {}],
    ['has a thumbprint that is null', { 'x5t#S256': null }],
    ['has a thumbprint that is a list', { 'x5t#S256': [thumbprint] }],
    ['has a thumbprint that is empty', { 'x5t#S256': '' }],
    ['has a SHA-1', { 'x5t#S256': thumbprint.slice(0, 27) }],
    ['has a hash in hexadecimal', { 'x5t#S256': hex }],
    ['has a hash with padding', { 'x5t#S256': `${thumbprint}=` }],
    ['has a hash in the other base64', { 'x5t#S256': `+${thumbprint.slice(1)}` }],
    ['has a hash in another spelling', { 'x5t#S256': `${'A'.repeat(42)}B` }],
    ['has a hash with a line break', { 'x5t#S256': `${thumbprint.slice(1)}\n` }],
    ['has the thumbprint of a key that is none', { jkt: key.jkt.slice(1), ...toCertificate }],
  ])('that %s is refused', async (_, cnf) => {
    expect(await presented(both, cnf, 'Bearer', overTls(plain))).toBe('invalid_token confirmation_invalid')
  })

  it.each([
    ['x5t', { x5t: 'AAAA' }],
    ['jwk', { jwk: key.jwk }],
    ['kid', { kid: '2026', ...toCertificate }],
    ['x5t#S512', { ...toCertificate, 'x5t#S512': thumbprint }],
    ['X5T#S256', { 'X5T#S256': thumbprint }],
    ['__proto__', JSON.parse(`{ "__proto__": {}, "x5t#S256": "${thumbprint}" }`) as unknown],
    ['toString', { toString: '', ...toCertificate }],
  ])('with the unknown member %s is refused, whatever else it holds', async (_, cnf) => {
    expect(await presented(both, cnf, 'Bearer', overTls(plain))).toBe('invalid_token confirmation_unchecked')
  })

  it('does not hold what it inherits', async () => {
    expect(await presented(both, Object.create(toCertificate), 'Bearer', overTls(plain))).toBe('invalid_token confirmation_invalid')
  })
})

describe('createSenderCheck', () => {
  it('tells what is supported', () => {
    expect(create(undefined).support).toBe(undefined)
    expect(create({}).support).toBe(undefined)
    expect(create(mtls).support).toEqual({ required: false, mtls: true, dpop: undefined })
    expect(create({ ...dpop, required: true }).support).toMatchObject({ required: true, mtls: false })
    expect(create({ dpop: { publicUrl, algorithms: ['ES256'] } }).support?.dpop).toEqual({ algorithms: ['ES256'] })
    expect(Object.isFrozen(create(both).support)).toBe(true)
  })

  it.each<[string, unknown, RegExp]>([
    ['null', null, /^senderConstraint must be an object, or left out$/],
    ['a text', 'mtls', /^senderConstraint must be an object, or left out$/],
    ['an unknown option', { mTLS: {} }, /^senderConstraint has no option "mTLS": it has dpop, mtls, required$/],
    ['required that is no boolean', { ...both, required: 'yes' }, /^senderConstraint\.required must be true or false$/],
    ['required with nothing to check by', { required: true }, /^senderConstraint\.required needs dpop, mtls, or both/],
    ['mtls that is true', { mtls: true }, /^senderConstraint\.mtls must be an object/],
    ['mtls that is false', { mtls: false }, /^senderConstraint\.mtls must be an object/],
    ['mtls that is null', { ...dpop, mtls: null }, /^senderConstraint\.mtls must be an object/],
  ])('refuses %s', (_, options, message) => {
    expect(() => create(options as SenderConstraintOptions)).toThrow(ConfigurationError)
    expect(() => create(options as SenderConstraintOptions)).toThrow(message)
  })
})
