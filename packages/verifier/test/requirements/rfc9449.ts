import { type Requirement, rowOf, type Specification, testsOf } from './requirement.js'
import { proofRequirements } from './rfc9449-proofs.js'
import { adaptersDpop, adaptersDpopNonce, challengePlan, credentials, introspectionJson, nonceSource, providerDpop } from './test-files.js'

const here = testsOf('packages/verifier/test/requirements/rfc9449.test.ts')
const checks = 'packages/verifier/src/internal/sender/dpop'
const keyBinding = testsOf(`${checks}/key-binding.test.ts`)
const lifetime = testsOf(`${checks}/proof-lifetime.test.ts`)
const nonces = testsOf(`${checks}/server-nonces.test.ts`)
const proofAlgorithm = testsOf(`${checks}/proof-algorithm.test.ts`)
const proofNonce = testsOf(`${checks}/proof-nonce.test.ts`)
const proofType = testsOf(`${checks}/proof-type.test.ts`)
const settings = testsOf(`${checks}/dpop-settings.test.ts`)
const senderCheck = testsOf('packages/verifier/src/internal/sender/sender-check.test.ts')
const example = testsOf('packages/verifier/test/dpop-rfc9449.test.ts')
const noncesDemanded = testsOf('packages/verifier/test/dpop-nonce.test.ts')
const hostile = testsOf('packages/verifier/test/dpop-hostile.test.ts')
const introspectionSender = testsOf('packages/verifier/test/introspection-sender.test.ts')
const thumbprint = testsOf(`${checks}/jwk-thumbprint.test.ts`)
const replay = testsOf('packages/verifier/test/dpop-replay.test.ts')

const bound = (title: string) => providerDpop('%s that is bound to a key of its client', title)

const binding: readonly Requirement[] = [
  {
    section: '6',
    id: 'bound-or-not',
    says: 'An API can tell whether a token is bound to a key, and to which.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      bound('is refused where nobody can check the key'),
      rowOf(bound('is told from a plain one, which a proof does not make a bound one'), 'an opaque token'),
      bound('is refused as a plain bearer token, with its proof and without'),
      senderCheck('a token that is bound to a key', 'is refused without it'),
    ],
  },
  {
    section: '6',
    id: 'same-key',
    says: 'The key of the proof is the one that the token is bound to.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [keyBinding('lets pass the key that the token is bound to, and no other'), bound('is refused with the proof of another key')],
  },
  {
    section: '6.1',
    id: 'jkt',
    says: 'jkt is the base64url of the SHA-256 thumbprint of the key.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it makes the token; the thumbprint of a proof is made and compared in that form',
    heldBy: [
      thumbprint('gives the thumbprint of RFC 9449 §6.1'),
      thumbprint('agrees with jose on a key for %s, whatever else the key says'),
      senderCheck('a cnf', 'that %s is refused'),
    ],
  },
  {
    section: '6.2',
    id: 'token-type',
    says: 'token_type of an introspected token that is bound to a key is DPoP, if it is there.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it answers; whether a token is bound is told by cnf, and one of that type that is bound to no key by it is refused',
    heldBy: [
      rowOf(introspectionJson('an active token', '%s is refused'), 'of the type DPoP that is bound to nothing'),
      rowOf(introspectionJson('an active token', '%s is refused'), 'of the type dpop that is bound to nothing'),
      introspectionSender(
        'an introspected token',
        'of the type DPoP is refused if the server binds it to a certificate alone, with that certificate too',
      ),
    ],
  },
]

const access: readonly Requirement[] = [
  {
    section: '7',
    id: 'proof-and-token',
    says: 'A request has a proof and a token, and the proof the hash of the token.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'client',
    because: 'it sends them; a request without one of them is refused',
    heldBy: [bound('is refused without a proof'), adaptersDpop('refuses %s, and tells the operator why')],
  },
  {
    section: '7.1',
    id: 'checks',
    says: 'A token that comes under DPoP has its proof looked for and checked, and the keys compared.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      credentials('the Authorization header', 'carries a DPoP-bound token under the scheme %s'),
      example('the example of RFC 9449 §7.1', 'is accepted at its time, for its token, key and resource'),
      example('the example of RFC 9449 §7.1', 'is refused %s'),
      adaptersDpop('accepts a bound token with a proof, and plain bearer tokens beside it'),
      adaptersDpop('refuses %s, and tells the operator why'),
    ],
  },
  {
    section: '7.1',
    id: 'no-access',
    says: 'Unless all of it is good, there is no access.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      bound('is refused without a proof'),
      bound('is refused with the proof of another key'),
      bound('is refused with a proof for another method, address or token'),
      hostile('whoever has a token and not its key', 'gets nowhere with a proof that the client made for something else'),
      bound('is told from a plain one, which a proof does not make a bound one'),
    ],
  },
  {
    section: '7.1',
    id: 'unknown-parameters',
    says: 'Parameters of a challenge that are not known are ignored.',
    accountsFor: ['MUST'],
    binds: 'client',
    because: 'it reads the challenge',
  },
  {
    section: '7.1',
    id: 'no-proxies',
    says: 'The scheme is not used in Proxy-Authenticate and Proxy-Authorization.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [here('a token in Proxy-Authorization is none'), challengePlan('challenges', 'say what is wrong with a DPoP proof')],
  },
  {
    section: '7.2',
    id: 'no-downgrade',
    says: 'A token that is bound to a key is refused under Bearer.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      bound('is refused as a plain bearer token, with its proof and without'),
      senderCheck('a token that is bound to a key', 'is refused under Bearer, with a good proof too'),
    ],
  },
]

/** What §9 has an API do as an authorization server does it. */
const serverNonces: readonly Requirement[] = [
  {
    section: '8',
    id: 'unpredictable',
    says: 'Nonces cannot be foretold.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      rowOf(nonces('a nonce', '%s is not accepted'), 'made with another secret'),
      rowOf(settings('resolveDpopOptions', 'refuses a mistaken %s'), 'nonce.secret'),
      noncesDemanded('where a nonce is demanded', 'a proof that was made in advance is worth nothing when its time has come'),
      noncesDemanded('where a nonce is demanded', 'a proof without one, with an invented one, and with one of another API is sent for one'),
    ],
  },
  {
    section: '8',
    id: 'one-nonce',
    says: 'An answer has one DPoP-Nonce at most.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      adaptersDpopNonce('a proof without a nonce is refused once, and the nonce of the answer lets the next one in'),
      adaptersDpopNonce('an answer brings the next nonce, so that no later request is refused, and is not to be cached'),
      nonceSource('a nonce that is demanded', 'comes with the challenge, whether the verifier gives it %s'),
    ],
  },
  {
    section: '8',
    id: 'reject-other-nonces',
    says: 'A proof whose nonce is none of those that were given lately is refused.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      proofNonce('with the nonce %j a proof is %s'),
      nonces('a nonce', 'is accepted for its lifetime, more than once, and not longer'),
      nonces('a nonce', 'of an instance whose clock is ahead is accepted up to the tolerance, and no further'),
      nonces('a nonce', '%s is not accepted'),
      noncesDemanded('where a nonce is demanded', 'a proof without one, with an invented one, and with one of another API is sent for one'),
      adaptersDpopNonce('an old nonce is refused with a new one'),
    ],
  },
  {
    section: '8.2',
    id: 'use-the-new-nonce',
    says: 'A client uses the new nonce from then on.',
    accountsFor: ['MUST'],
    binds: 'client',
    because: 'it makes the proofs',
  },
]

const security: readonly Requirement[] = [
  {
    section: '11.1',
    id: 'limited-time',
    says: 'A proof is accepted for a short time after it was made.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      rowOf(lifetime('iat %s is %s'), 'older'),
      rowOf(lifetime('iat %s is %s'), 'further ahead'),
      settings('resolveDpopOptions', 'fills in the defaults'),
      settings('resolveDpopOptions', 'takes the limits of each option'),
      rowOf(settings('resolveDpopOptions', 'refuses a mistaken %s'), 'maxProofAgeSeconds'),
      rowOf(settings('resolveDpopOptions', 'refuses a mistaken %s'), 'clockToleranceSeconds'),
      replay('the time of a proof', 'made %d s from now is %s'),
    ],
  },
  {
    section: '11.3',
    id: 'no-nonce-downgrade',
    says: 'Where nonces are given, a proof without one is refused.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      noncesDemanded('where a nonce is demanded', 'a proof without one, with an invented one, and with one of another API is sent for one'),
      adaptersDpopNonce('a proof without a nonce is refused once, and the nonce of the answer lets the next one in'),
    ],
  },
  {
    section: '11.5',
    id: 'no-other-jwt',
    says: 'typ is dpop+jwt, so that no other JWT passes for a proof.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      proofType('a proof with typ %j is %s'),
      hostile('whoever has a token and not its key', 'gets nowhere with a token in place of a proof'),
    ],
  },
  {
    section: '11.6',
    id: 'secure-algorithms',
    says: 'Proofs are signed with asymmetric algorithms that are held to be strong, and never with none.',
    accountsFor: ['MUST', 'MUST NOT'],
    binds: 'resource server',
    heldBy: [
      proofAlgorithm('refuses the algorithm %j'),
      hostile('a proof', 'of alg %j is refused, with a signature and without'),
      hostile('a proof', 'of an algorithm that is not allowed is refused, and the allowed ones are told'),
      rowOf(settings('resolveDpopOptions', 'refuses a mistaken %s'), 'HS256'),
      rowOf(settings('resolveDpopOptions', 'refuses a mistaken %s'), 'none'),
    ],
  },
]

/** OAuth 2.0 Demonstrating Proof of Possession (DPoP), September 2023: what is said of protected resources. */
export const rfc9449: Specification = {
  rfc: 9449,
  sections: {
    '4.2': { MUST: 6, 'MUST NOT': 2 },
    '4.3': { MUST: 1, item: 13 },
    '6': { MUST: 2 },
    '6.1': { MUST: 1 },
    '6.2': { MUST: 1 },
    '7': { MUST: 2 },
    '7.1': { MUST: 2, 'MUST NOT': 2 },
    '7.2': { MUST: 1 },
    '8': { MUST: 2, 'MUST NOT': 1 },
    '8.2': { MUST: 1 },
    '9': {},
    '11.1': { MUST: 1 },
    '11.2': {},
    '11.3': { 'MUST NOT': 1 },
    '11.5': { MUST: 1 },
    '11.6': { MUST: 1, 'MUST NOT': 1 },
  },
  requirements: [...proofRequirements, ...binding, ...access, ...serverNonces, ...security],
}
