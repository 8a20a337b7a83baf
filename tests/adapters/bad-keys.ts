import { accepted, type BadInput, cases, invalidToken, presenting } from './bad-input-case.js'
import { toDer, withSignature } from './token-forge.js'

/** Which key a token is to be verified with, and extensions that change what is signed (RFC 8725 §3.10, RFC 7515 §4.1). */
export const badKeys: readonly BadInput[] = [
  ...cases('embedded key', [
    ['jwk of the attacker', embedded((forge) => ({ jwk: forge.publicJwk('attacker') })), invalidToken('key_not_found')],
    ['jwk under the kid of the issuer', ownKid((forge) => ({ jwk: forge.publicJwk('attacker') })), invalidToken('signature_invalid')],
    ['jwk and no kid', embedded((forge) => ({ kid: undefined, jwk: forge.publicJwk('attacker') })), invalidToken('signature_invalid')],
    ['jku', embedded((_, { attackerUri }) => ({ jku: attackerUri })), invalidToken('key_not_found')],
    ['jku under the kid of the issuer', ownKid((_, { attackerUri }) => ({ jku: attackerUri })), invalidToken('signature_invalid')],
    ['x5u', embedded((_, { attackerUri }) => ({ x5u: attackerUri })), invalidToken('key_not_found')],
    ['x5u under the kid of the issuer', ownKid((_, { attackerUri }) => ({ x5u: attackerUri })), invalidToken('signature_invalid')],
    ['x5c', ownKid(() => ({ x5c: ['MIIB'] })), invalidToken('signature_invalid')],
    ['a genuine token that also embeds a key', header({ jwk: { kty: 'oct', k: 'c2VjcmV0' } }), accepted],
  ]),
  ...cases('unknown crit', [
    [
      'an extension',
      header({ crit: ['http://example.com/UNDEFINED'], 'http://example.com/UNDEFINED': true }),
      invalidToken('critical_header_unknown'),
    ],
    ['an ordinary member', header({ crit: ['kid'] }), invalidToken('critical_header_unknown')],
    ['a member that is not there', header({ crit: ['exp'] }), invalidToken('critical_header_unknown')],
    ['an empty list', header({ crit: [] }), invalidToken('critical_header_unknown')],
    ['a text', header({ crit: 'kid' }), invalidToken('critical_header_unknown')],
    ['null', header({ crit: null }), invalidToken('critical_header_unknown')],
  ]),
  ...cases('b64 false', [
    ['declared in crit', header({ b64: false, crit: ['b64'] }), invalidToken('critical_header_unknown')],
    ['not declared', header({ b64: false }), invalidToken('critical_header_unknown')],
    ['as a text', header({ b64: 'false' }), invalidToken('critical_header_unknown')],
    ['b64 true, declared in crit', header({ b64: true, crit: ['b64'] }), invalidToken('critical_header_unknown')],
  ]),
  ...cases('forged ES256 signature', [
    ['all zero', signature(() => Buffer.alloc(64)), invalidToken('signature_invalid')],
    ['r zero', signature((genuine) => Buffer.concat([Buffer.alloc(32), genuine.subarray(32)])), invalidToken('signature_invalid')],
    ['s zero', signature((genuine) => Buffer.concat([genuine.subarray(0, 32), Buffer.alloc(32)])), invalidToken('signature_invalid')],
    ['all ones', signature(() => Buffer.alloc(64, 0xff)), invalidToken('signature_invalid')],
    ['in DER form', signature(toDer), invalidToken('signature_invalid')],
    ['a byte short', signature((genuine) => genuine.subarray(0, 63)), invalidToken('signature_invalid')],
    ['a byte long', signature((genuine) => Buffer.concat([genuine, Buffer.of(0)])), invalidToken('signature_invalid')],
    ['one bit flipped', signature((genuine) => genuine.map((byte, at) => (at === 0 ? byte ^ 1 : byte))), invalidToken('signature_invalid')],
    ['8 kB', signature(() => Buffer.alloc(8192, 1)), invalidToken('signature_invalid')],
  ]),
  ...cases('wrong curve', [
    ['ES256 with a published P-384 key', foreign('p-384', {}), invalidToken('key_unsuitable')],
    ['ES384 with the P-256 key of the issuer', header({ alg: 'ES384' }), invalidToken('key_unsuitable')],
    ['ES256 with a published secp256k1 key', foreign('secp256k1', {}), invalidToken('key_unsuitable')],
    ['ES256K', foreign('secp256k1', { alg: 'ES256K' }), invalidToken('algorithm_not_allowed')],
    ['RS256 with the P-256 key of the issuer', header({ alg: 'RS256' }), invalidToken('key_unsuitable')],
    ['EdDSA with the P-256 key of the issuer', header({ alg: 'EdDSA' }), invalidToken('key_unsuitable')],
    [
      'PS256 with the RS256 key of the issuer',
      presenting((forge) => forge.signed({ algorithm: 'RS256', header: { alg: 'PS256' } })),
      invalidToken('key_unsuitable'),
    ],
  ]),
  ...cases('RSA 1024', [
    ['with its kid', foreign('rsa-1024', { alg: 'RS256' }), invalidToken('key_unsuitable')],
    ['without a kid', foreign('rsa-1024', { alg: 'RS256', kid: undefined }), invalidToken('signature_invalid')],
    [
      'under the kid of a good key',
      presenting(async (forge) => forge.signedBy('rsa-1024', { alg: 'RS256', kid: (await forge.publicKey('RS256')).kid })),
      invalidToken('signature_invalid'),
    ],
  ]),
  ...cases('kid', [
    ['__proto__', header({ kid: '__proto__' }), invalidToken('key_not_found')],
    ['constructor', header({ kid: 'constructor' }), invalidToken('key_not_found')],
    ['10 kB', header({ kid: 'k'.repeat(10_240) }), invalidToken('key_not_found')],
    ['a path', header({ kid: '../../../../etc/passwd' }), invalidToken('key_not_found')],
    ['a URL', presenting((forge, { attackerUri }) => forge.token({}, { kid: attackerUri })), invalidToken('key_not_found')],
    ['SQL', header({ kid: "' UNION SELECT 'secret' --" }), invalidToken('key_not_found')],
    ['a line break', header({ kid: 'a\r\nset-cookie: b=c' }), invalidToken('key_not_found')],
    ['empty', header({ kid: '' }), invalidToken('key_not_found')],
    ['a number', header({ kid: 1 }), invalidToken('header_malformed')],
    ['null', header({ kid: null }), invalidToken('header_malformed')],
    ['an object', header({ kid: { toString: 'x' } }), invalidToken('header_malformed')],
    ['unknown', header({ kid: 'unknown' }), invalidToken('key_not_found')],
    ['none, on a genuine token', header({ kid: undefined }), accepted],
  ]),
]

type Header = Record<string, unknown>
type HeaderOf = (...parameters: Parameters<BadInput['request']>) => Header

/** A genuine token but for the header. */
function header(members: Header): BadInput['request'] {
  return presenting((forge) => forge.token({}, members))
}

/** Signed by the attacker, who says where to find the key. */
function embedded(members: HeaderOf): BadInput['request'] {
  return presenting((forge, jwksServer) => forge.signedBy('attacker', members(forge, jwksServer)))
}

/** The same, under the name of a key that the issuer publishes. */
function ownKid(members: HeaderOf): BadInput['request'] {
  return presenting(async (forge, jwksServer) => {
    const { kid } = await forge.publicKey('ES256')
    return forge.signedBy('attacker', { kid, ...members(forge, jwksServer) })
  })
}

function foreign(key: 'p-384' | 'secp256k1' | 'rsa-1024', members: Header): BadInput['request'] {
  return presenting((forge) => forge.signedBy(key, members))
}

function signature(change: (genuine: Buffer) => Uint8Array): BadInput['request'] {
  return presenting(async (forge) => withSignature(await forge.token(), (genuine) => Buffer.from(change(genuine))))
}
