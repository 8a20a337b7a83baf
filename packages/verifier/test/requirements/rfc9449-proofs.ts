import { type Requirement, rowOf, testsOf } from './requirement.js'
import { adaptersDpop, dpopReplay, providerDpop } from './test-files.js'

const checks = 'packages/verifier/src/internal/sender/dpop'
const field = testsOf(`${checks}/proof-field.test.ts`)
const form = testsOf(`${checks}/proof-form.test.ts`)
const claims = testsOf(`${checks}/proof-claims.test.ts`)
const type = testsOf(`${checks}/proof-type.test.ts`)
const algorithm = testsOf(`${checks}/proof-algorithm.test.ts`)
const key = testsOf(`${checks}/proof-key.test.ts`)
const signature = testsOf(`${checks}/proof-signature.test.ts`)
const method = testsOf(`${checks}/proof-method.test.ts`)
const target = testsOf(`${checks}/proof-target.test.ts`)
const nonce = testsOf(`${checks}/proof-nonce.test.ts`)
const lifetime = testsOf(`${checks}/proof-lifetime.test.ts`)
const tokenHash = testsOf(`${checks}/token-hash.test.ts`)
const keyBinding = testsOf(`${checks}/key-binding.test.ts`)
const targetUri = testsOf(`${checks}/target-uri.test.ts`)
const uriPath = testsOf(`${checks}/uri-path.test.ts`)
const hostile = testsOf('packages/verifier/test/dpop-hostile.test.ts')

const bound = (title: string) => providerDpop('%s that is bound to a key of its client', title)
const refused = adaptersDpop('refuses %s, and tells the operator why')
const foreignProof = bound('is refused with a proof for another method, address or token')
const requiredClaims = claims('readProofClaims', 'requires %s')
/** Of the checks as they are put together: a check of which only its own test is named might never be made. */
const presentedWith = (row: string) => rowOf(hostile('a proof', 'with %s is refused'), row)
const ofAlgorithm = hostile('a proof', 'of alg %j is refused, with a signature and without')
const notAllowed = hostile('a proof', 'of an algorithm that is not allowed is refused, and the allowed ones are told')
const elsewhere = hostile('whoever has a token and not its key', 'gets nowhere with a proof that the client made for something else')
const madeAt = dpopReplay('the time of a proof', 'made %d s from now is %s')

/** RFC 9449 §4.2: what a proof is like. The client makes it; one that is otherwise is refused. */
const syntax: readonly Requirement[] = [
  {
    section: '4.2',
    id: 'header-parameters',
    says: 'The header of a proof has typ, alg and jwk.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      type('a proof with typ %j is %s'),
      algorithm('refuses the algorithm %j'),
      key('readProofKey', 'does not take %j for a key'),
      presentedWith('without typ'),
      ofAlgorithm,
      presentedWith('no key'),
    ],
  },
  {
    section: '4.2',
    id: 'alg-asymmetric',
    says: 'alg is neither none nor symmetric.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      rowOf(algorithm('refuses the algorithm %j'), 'none'),
      rowOf(algorithm('refuses the algorithm %j'), 'HS256'),
      rowOf(algorithm('refuses the algorithm %j'), 'HS512'),
      ofAlgorithm,
      notAllowed,
    ],
  },
  {
    section: '4.2',
    id: 'jwk-public',
    says: 'jwk holds no private key.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [key('readProofKey', 'refuses %s key with its private members, or any one of them'), presentedWith('a private key')],
  },
  {
    section: '4.2',
    id: 'claims',
    says: 'A proof has jti, htm, htu and iat.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      requiredClaims,
      claims('readProofClaims', 'requires %s to be a string'),
      claims('readProofClaims', 'does not take %s for iat'),
      claims('readProofClaims', 'takes no claim from a prototype'),
      presentedWith('no jti'),
      presentedWith('no htm'),
      presentedWith('no htu'),
      presentedWith('no iat'),
    ],
  },
  {
    section: '4.2',
    id: 'jti-unique',
    says: 'A jti is not given to two proofs.',
    accountsFor: ['MUST'],
    binds: 'client',
    because: 'it makes the proof; the second proof with a jti is refused',
    heldBy: [
      dpopReplay('a proof that was used', 'is refused the second time'),
      dpopReplay('a proof that was used', 'is told by its jti, whatever else was signed anew'),
      bound('is refused with a proof that was used before'),
    ],
  },
  {
    section: '4.2',
    id: 'ath-present',
    says: 'A proof that comes with a token has ath.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [rowOf(requiredClaims, 'ath'), elsewhere],
  },
  {
    section: '4.2',
    id: 'ath-value',
    says: 'ath is the base64url of the SHA-256 of the token.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [tokenHash('ath %j with the token %j is %s'), elsewhere, foreignProof],
  },
  {
    section: '4.2',
    id: 'nonce-present',
    says: 'A proof for a server that gives nonces has one of them.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [nonce('with the nonce %j a proof is %s'), bound('is accepted with the nonce that the first answer gives')],
  },
]

const check = { section: '4.3', accountsFor: ['item'], binds: 'resource server' } as const

/** RFC 9449 §4.3: how a proof is checked. */
const checking: readonly Requirement[] = [
  {
    section: '4.3',
    id: 'all-checks',
    says: 'A proof with which any check fails is not valid.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      refused,
      hostile('a proof', 'with %s is refused'),
      notAllowed,
      elsewhere,
      madeAt,
      bound('is accepted with the nonce that the first answer gives'),
      bound('is accepted again and again, with a new proof each time'),
      foreignProof,
    ],
  },
  {
    ...check,
    id: '1-one-field',
    says: 'The request has one DPoP field.',
    heldBy: [field('readProofField', 'refuses the request when %s'), adaptersDpop('refuses two proofs in one request')],
  },
  {
    ...check,
    id: '2-well-formed',
    says: 'The field is a single well-formed JWT.',
    heldBy: [
      form('parseProof', 'refuses %s'),
      form('parseProof', 'takes a proof apart'),
      hostile('a proof', 'that is not well-formed is refused, though its header is known: %s'),
    ],
  },
  {
    ...check,
    id: '3-claims',
    says: 'The claims of a proof are all there.',
    heldBy: [
      requiredClaims,
      claims('readProofClaims', 'refuses a payload that is %s'),
      presentedWith('no jti'),
      hostile('a proof', 'of the claims %j is refused'),
    ],
  },
  { ...check, id: '4-typ', says: 'typ is dpop+jwt.', heldBy: [type('a proof with typ %j is %s'), presentedWith('typ JWT')] },
  {
    ...check,
    id: '5-alg',
    says: 'alg is a registered asymmetric algorithm that the API supports and allows.',
    heldBy: [
      algorithm('gives an algorithm that is allowed'),
      algorithm('refuses the algorithm %j'),
      algorithm('refuses one that is supported and not allowed, and says what is'),
      notAllowed,
    ],
  },
  {
    ...check,
    id: '6-signature',
    says: 'The key in jwk made the signature.',
    heldBy: [
      signature('lets pass what the key signed, and nothing else'),
      signature('counts a point that is not on its curve as a bad proof'),
      hostile(
        'whoever has a token and not its key',
        'gets nowhere with the key of the client in the header, before and after that key has become known',
      ),
      key('readProofKey', 'refuses a key that contradicts the header: %s'),
    ],
  },
  {
    ...check,
    id: '7-no-private-key',
    says: 'jwk holds no private key.',
    heldBy: [key('readProofKey', 'refuses %s key with its private members, or any one of them'), presentedWith('a private key')],
  },
  {
    ...check,
    id: '8-htm',
    says: 'htm is the method of the request.',
    heldBy: [method('htm %j with a request of %s is %s'), foreignProof],
  },
  {
    ...check,
    id: '9-htu',
    says: 'htu is the URI of the request, query and fragment aside.',
    heldBy: [
      target('checkProofTarget', 'with htu %j and the request %j is %s'),
      target('checkProofTarget', 'behind a proxy that takes /v1 away, with htu %j and the request %j, is %s'),
      targetUri('parseTargetUri', 'reads %j'),
      uriPath('normalisePath', 'makes %j %j'),
      adaptersDpop('compares the whole path that was asked for, within a mounted router too, and no query'),
      adaptersDpop('does not believe the Host header'),
    ],
  },
  {
    ...check,
    id: '10-nonce',
    says: 'nonce is one that the server gave.',
    heldBy: [
      nonce('with the nonce %j a proof is %s'),
      bound('is accepted with a new nonce, which comes with the refusal, when the old one is over'),
    ],
  },
  {
    ...check,
    id: '11-time',
    says: 'The proof was made a short time ago.',
    heldBy: [lifetime('iat %s is %s'), lifetime('accepts nothing when the clock gives no number'), madeAt],
  },
  {
    ...check,
    id: '12-ath',
    says: 'ath is the hash of the token that came.',
    heldBy: [tokenHash('ath %j with the token %j is %s'), foreignProof],
  },
  {
    ...check,
    id: '12-key',
    says: 'The key of the proof is the one that the token is bound to.',
    heldBy: [keyBinding('lets pass the key that the token is bound to, and no other'), bound('is refused with the proof of another key')],
  },
]

/** What RFC 9449 demands of proofs and of checking them. */
export const proofRequirements: readonly Requirement[] = [...syntax, ...checking]
