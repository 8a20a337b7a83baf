import { rowOf, type Specification, testsOf } from './requirement.js'
import { registeredClaimRequirements } from './rfc7519-claims.js'
import { base64url, base64urlPlatforms, compactJws, contentTypeCheck, criticalHeaderCheck, hostileForm } from './test-files.js'
import { hostileHeader, hostileSignature, jwtVerifier, platforms, properties, vectors } from './test-files.js'

const here = testsOf('packages/verifier/test/requirements/rfc7519.test.ts')
const form = hostileForm('the form of a token', '%s')

/** Each step of a list that one MUST governs. */
const step = { section: '7.2', accountsFor: ['item'], binds: 'resource server' } as const

/** JSON Web Token, May 2015: its registered claims, and how one is validated. */
export const rfc7519: Specification = {
  rfc: 7519,
  sections: {
    '4': { MUST: 3 },
    '4.1.2': { MUST: 1 },
    '4.1.3': { MUST: 2 },
    '4.1.4': { MUST: 2, 'MUST NOT': 1 },
    '4.1.5': { MUST: 2, 'MUST NOT': 1 },
    '4.1.6': { MUST: 1 },
    '4.1.7': { MUST: 2 },
    '7.2': { MUST: 1, item: 10 },
  },
  requirements: [
    ...registeredClaimRequirements,
    {
      section: '7.2',
      id: 'reject',
      says: 'A token with which any step fails is refused.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        properties('any string', 'is refused as a bad token, and by no other error'),
        properties('any string', 'of any header and payload that is not signed is refused'),
        properties('anything that the issuer signs', 'of any bytes that are no claims is refused'),
      ],
    },
    {
      ...step,
      id: 'step-1-period',
      says: 'A token has a period.',
      heldBy: [rowOf(form, 'a word'), rowOf(compactJws('the form of a compact JWS', 'with %s'), 'one part')],
    },
    {
      ...step,
      id: 'step-2-header-part',
      says: 'What is before the first period is the header.',
      heldBy: [compactJws('the header of a compact JWS', 'is given as it was sent'), rowOf(form, 'no header')],
    },
    {
      ...step,
      id: 'step-3-header-base64url',
      says: 'The header is base64url, with nothing added.',
      heldBy: [
        rowOf(compactJws('the form of a compact JWS', 'with %s'), 'a padded header'),
        rowOf(form, 'a space around a dot'),
        base64url('decodeBase64url', 'gives nothing for %s'),
        base64urlPlatforms('the alphabet of base64url', 'has no place for a foreign character, %i from the end'),
      ],
    },
    {
      ...step,
      id: 'step-4-header-json',
      says: 'The header is a JSON object in UTF-8, and valid as a whole.',
      heldBy: [compactJws('the header of a compact JWS', 'with %s'), compactJws('the header of a compact JWS', 'in %s is refused')],
    },
    {
      ...step,
      id: 'step-5-header-understood',
      says: 'The header has nothing that must be understood and is not.',
      heldBy: [
        rowOf(hostileHeader('the rest of the header', '%s'), 'an unknown critical extension'),
        rowOf(hostileHeader('the rest of the header', '%s'), 'crit: exp'),
        rowOf(hostileHeader('the rest of the header', '%s'), 'an unencoded payload, undeclared'),
        criticalHeaderCheck('checkCriticalHeader', 'with %s'),
        hostileHeader('kid', 'of %j is malformed'),
      ],
    },
    {
      ...step,
      id: 'step-6-jws-or-jwe',
      says: 'Signed tokens and encrypted ones are told apart.',
      heldBy: [rowOf(form, 'five parts, as an encrypted token has'), rowOf(form, 'the token itself')],
    },
    {
      ...step,
      id: 'step-7-signature',
      says: 'The signature is validated as RFC 7515 has it.',
      heldBy: [
        vectors('the examples of the specifications', '$alg of $source verifies'),
        vectors('the examples of the specifications', '$alg of $source does not verify with another payload'),
        jwtVerifier('a good token', 'signed with %s is accepted'),
        platforms('the two platforms', 'agree that a key of another algorithm, size or curve did not sign'),
        hostileSignature('an ECDSA signature', '%s is refused'),
      ],
    },
    {
      ...step,
      id: 'step-8-nested',
      says: 'What a token whose cty is JWT holds is another token, and never its claims.',
      heldBy: [
        here('a token in a token is refused, whether its cty says so or not'),
        rowOf(hostileHeader('the rest of the header', '%s'), 'cty of a nested token'),
        contentTypeCheck('checkContentType', 'with cty %j is %s'),
      ],
    },
    {
      ...step,
      id: 'step-9-payload-base64url',
      says: 'The payload is base64url, with nothing added.',
      heldBy: [
        rowOf(form, 'padding'),
        rowOf(form, 'a line break in the payload'),
        rowOf(form, 'a folded payload'),
        rowOf(compactJws('the form of a compact JWS', 'with %s'), 'a payload in base64'),
        rowOf(compactJws('the form of a compact JWS', 'with %s'), 'a space in the payload'),
        rowOf(compactJws('the form of a compact JWS', 'with %s'), 'a letter whose lower half is in the alphabet'),
        hostileForm('the form of a token', 'has one spelling: other bits that are thrown away make another token'),
      ],
    },
    {
      ...step,
      id: 'step-10-claims-json',
      says: 'The claims are a JSON object in UTF-8, and valid as a whole.',
      heldBy: [
        hostileForm('the payload of a signed token', 'of %s'),
        hostileForm('the payload of a signed token', 'in %s is no set of claims'),
      ],
    },
  ],
}
