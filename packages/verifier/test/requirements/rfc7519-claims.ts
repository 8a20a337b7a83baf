import { type Requirement, rowOf, testsOf } from './requirement.js'
import { audienceCheck, hostileClaims, hostileForm, jwtVerifier, lifetimeCheck, multiIssuerConfusion } from './test-files.js'

const notForThis = hostileClaims('a token that the issuer signed, but not for this', '%s')
const payload = hostileForm('the payload of a signed token', 'of %s')
const claimTypes = testsOf('packages/verifier/src/internal/checks/claim-types.test.ts')
const json = testsOf('packages/protocol/src/json.test.ts')

/** RFC 7519 §4: what the registered claims demand of who reads them. */
export const registeredClaimRequirements: readonly Requirement[] = [
  {
    section: '4',
    id: 'unique-names',
    says: 'The names of claims are unique.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it writes the claims',
  },
  {
    section: '4',
    id: 'last-of-duplicates',
    says: 'A token with two claims of one name is refused, or has the last of them alone.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      json('parseJson', 'takes the last of members with the same name'),
      rowOf(payload, 'two audiences, the last one ours'),
      rowOf(payload, 'two audiences, the last one another'),
      rowOf(payload, 'two ends, the last one past'),
      multiIssuerConfusion('an issuer that is there twice in the JSON', 'counts the last time, for selection and check: %s'),
    ],
  },
  {
    section: '4',
    id: 'others-ignored',
    says: 'Claims that are not understood are ignored.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [claimTypes('leaves other claims alone'), jwtVerifier('a good token', 'gives the issuer, the end and the claims')],
  },
  {
    section: '4.1.2',
    id: 'subject-unique',
    says: 'A subject is unique among those of its issuer at least.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it names the subjects',
  },
  {
    section: '4.1.3',
    id: 'audience-identifies',
    says: 'Who processes a token has a name that is in its aud, or the token is refused.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'resource server',
    heldBy: [
      rowOf(jwtVerifier('an option', 'that cannot work is refused with the fix: %o'), 'audience must be'),
      audienceCheck('checkAudience', 'with %s in aud'),
      rowOf(notForThis, 'aud as a list without ours'),
    ],
  },
  {
    section: '4.1.4',
    id: 'not-at-its-end',
    says: 'A token is not accepted at its exp or later, which is a number of seconds.',
    accountsFor: ['MUST NOT', 'MUST', 'MUST'],
    binds: 'resource server',
    heldBy: [lifetimeCheck('checkLifetime', 'with exp %s'), rowOf(notForThis, 'exp exactly now'), rowOf(notForThis, 'exp as a string')],
  },
  {
    section: '4.1.5',
    id: 'not-before',
    says: 'A token is not accepted before its nbf, which is a number of seconds.',
    accountsFor: ['MUST NOT', 'MUST', 'MUST'],
    binds: 'resource server',
    heldBy: [
      lifetimeCheck('checkLifetime', 'with nbf %s'),
      lifetimeCheck('checkLifetime', 'forgives a tolerance of 5 s in %s, and no more'),
      rowOf(notForThis, 'nbf ahead'),
      rowOf(notForThis, 'nbf as a string'),
    ],
  },
  {
    section: '4.1.6',
    id: 'issued-at-number',
    says: 'iat is a number of seconds.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      lifetimeCheck('checkLifetime', 'without a largest age looks at the type of iat alone'),
      lifetimeCheck('checkLifetime', 'with a largest age of 300 s and iat %s'),
      rowOf(notForThis, 'iat as a string'),
    ],
  },
  {
    section: '4.1.7',
    id: 'token-id-unique',
    says: 'No two tokens have the same jti, those of several issuers included.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'authorization server',
    because: 'it makes the token',
  },
]
