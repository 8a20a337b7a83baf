import { rowOf, type Specification } from './requirement.js'
import { algorithmCheck, audienceCheck, compactJws, hostileClaims, hostileForm, hostileHeader, hostileIssuer } from './test-files.js'
import { hostileSignature, issuerCheck, jwksLocation, jwtVerifier, keyAlgorithms, multiIssuerConfusion } from './test-files.js'
import { tokenKindCheck, tokenTypeCheck } from './test-files.js'
import { vectors, verificationKey, verifyCompactJws } from './test-files.js'

const notForThis = hostileClaims('a token that the issuer signed, but not for this', '%s')
const restOfHeader = hostileHeader('the rest of the header', '%s')

/** JSON Web Token Best Current Practices, February 2020. */
export const rfc8725: Specification = {
  rfc: 8725,
  sections: {
    '2.8': { MUST: 1 },
    '3.1': { MUST: 4, 'MUST NOT': 1 },
    '3.2': { MUST: 2 },
    '3.3': { MUST: 3 },
    '3.4': { MUST: 1 },
    '3.5': { MUST: 1, 'MUST NOT': 1 },
    '3.6': {},
    '3.7': { MUST: 1 },
    '3.8': { MUST: 4 },
    '3.9': { MUST: 3 },
    '3.10': {},
    '3.11': { MUST: 1 },
    '3.12': { MUST: 1 },
  },
  requirements: [
    {
      section: '2.8',
      id: 'no-confusion',
      says: 'Where one kind of JWT could pass for another, something is done against it.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        tokenTypeCheck('checkTokenType', 'with typ %j is %s by the profile jwt, and %s by rfc9068'),
        tokenKindCheck('checkTokenKind', 'with %s'),
      ],
    },
    {
      section: '3.1',
      id: 'algorithms-chosen',
      says: 'The caller can say which algorithms are accepted.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        jwtVerifier('an option', 'algorithms narrows what is accepted, and is not changed by changing the list'),
        rowOf(verifyCompactJws('verifyCompactJws', 'refuses a document with %s'), 'an algorithm that was not named'),
      ],
    },
    {
      section: '3.1',
      id: 'no-other-algorithm',
      says: 'No other algorithm is used.',
      accountsFor: ['MUST NOT'],
      binds: 'resource server',
      heldBy: [
        algorithmCheck('checkAlgorithm', 'refuses a supported algorithm that this API does not allow'),
        hostileHeader('alg', 'of %j is refused, with a signature and without'),
        hostileHeader('alg', 'of %j is refused'),
      ],
    },
    {
      section: '3.1',
      id: 'alg-is-what-is-done',
      says: 'What alg names is what the signature is checked with.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        verificationKey('a usable key', 'does not take a signature of one algorithm for one of another'),
        hostileSignature('a public key as the secret of an HMAC', '%s'),
        hostileHeader('alg', 'is the last of duplicates'),
      ],
    },
    {
      section: '3.1',
      id: 'one-algorithm-a-key',
      says: 'A key is used with one algorithm, and that is checked whenever it is used.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'resource server',
      heldBy: [
        verificationKey('what an entry says of its use', 'binds an RSA key to one algorithm, or leaves it all six'),
        hostileHeader('alg', '%s is refused'),
        keyAlgorithms('a key on a curve', '%s %s'),
      ],
      except:
        'An RSA key that is published without alg is used with every RSA algorithm that the API accepts, and an Ed25519 key without alg under both of its names: option `algorithms` narrows it.',
    },
    {
      section: '3.2',
      id: 'current-algorithms',
      says: 'Only algorithms and keys that are held to be strong are accepted.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        algorithmCheck('checkAlgorithm', 'refuses %s'),
        keyAlgorithms('an RSA key', 'of %d bits after %d zero bytes'),
        keyAlgorithms('an RSA key', 'with the exponent %s'),
        hostileSignature('a signature by another key', 'that is an RSA key of 1024 bits is refused, even if the issuer publishes it'),
      ],
    },
    {
      section: '3.2',
      id: 'agility',
      says: 'Algorithms can be exchanged.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        jwtVerifier('a good token', 'signed with %s is accepted'),
        jwtVerifier('an option', 'algorithms narrows what is accepted, and is not changed by changing the list'),
      ],
    },
    {
      section: '3.3',
      id: 'all-operations',
      says: 'Every signature is checked, and a token with one that does not match is refused whole.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'resource server',
      heldBy: [
        hostileSignature('an ECDSA signature', '%s is refused'),
        hostileSignature('a signature by another key', 'of the same kind and kid is refused (%s)'),
        hostileForm('a token that is not signed by the issuer', 'is not read: what its claims would do wrong is not found out'),
      ],
    },
    {
      section: '3.3',
      id: 'nested-operations',
      says: 'In a nested JWT the outer operation and the inner one are checked.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'nested JWTs are not supported, and are refused',
      heldBy: [rowOf(hostileForm('the payload of a signed token', 'of %s'), 'a token in a token')],
    },
    {
      section: '3.4',
      id: 'ecdh-points',
      says: 'The ephemeral keys of ECDH-ES are checked to lie on the curve.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'nothing is decrypted; a published key off its curve is not used either',
      heldBy: [
        rowOf(hostileHeader('alg', 'of %j is refused'), 'RSA-OAEP'),
        rowOf(hostileForm('the form of a token', '%s'), 'five parts, as an encrypted token has'),
      ],
    },
    {
      section: '3.5',
      id: 'no-weak-secrets',
      says: 'Keys have enough entropy, and a password is the key of no MAC.',
      accountsFor: ['MUST', 'MUST NOT'],
      binds: 'resource server',
      heldBy: [
        vectors('the examples of the specifications', 'HS256 of RFC 7515 A.1 is refused, though its signature is right'),
        rowOf(verificationKey('what is not a public key', '%s'), 'a symmetric key'),
        rowOf(hostileHeader('alg', 'of %j is refused'), 'HS256'),
      ],
    },
    {
      section: '3.7',
      id: 'utf-8',
      says: 'Header and claims are UTF-8, and no other encoding is taken.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        compactJws('the header of a compact JWS', 'is refused when it is not UTF-8'),
        hostileForm('the payload of a signed token', 'that is not UTF-8'),
      ],
    },
    {
      section: '3.8',
      id: 'keys-of-the-issuer',
      says: 'A token is checked with keys of its issuer, and refused if they did not sign it.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'resource server',
      heldBy: [
        issuerCheck('checkIssuer', 'with %s in iss'),
        multiIssuerConfusion('the keys of one issuer', 'never verify a token that names another, although its key has the same kid'),
        hostileHeader('a key in the header', '(%s) is honoured by nobody, and nothing is fetched'),
        hostileIssuer('a good token, when the issuer answers with', 'the keys of somebody else makes it a bad one'),
        rowOf(jwksLocation('a key set of an issuer', 'is not found by metadata %s'), 'of another issuer'),
      ],
    },
    {
      section: '3.8',
      id: 'subject',
      says: 'The subject is one that the application knows of that issuer, or the token is refused.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'application',
      because: 'only the API knows its subjects; the verifier gives it the issuer and sub, of which it checks the type',
      heldBy: [rowOf(notForThis, 'sub as a number'), jwtVerifier('a good token', 'gives the issuer, the end and the claims')],
    },
    {
      section: '3.9',
      id: 'audience-present',
      says: 'An issuer of tokens for several APIs says in aud which one a token is for.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it makes the token; one without aud is refused',
      heldBy: [rowOf(notForThis, 'aud missing')],
    },
    {
      section: '3.9',
      id: 'audience-checked',
      says: 'aud is checked, and a token without it or for others is refused.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'resource server',
      heldBy: [
        audienceCheck('checkAudience', 'with %s in aud'),
        rowOf(notForThis, 'aud as a list without ours'),
        rowOf(notForThis, 'aud missing'),
      ],
    },
    {
      section: '3.11',
      id: 'nested-typ',
      says: 'The type of a nested JWT stands in the inner one.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'nested JWTs are not supported, and are refused',
      heldBy: [rowOf(hostileForm('the payload of a signed token', 'of %s'), 'a token in a token')],
    },
    {
      section: '3.12',
      id: 'kinds-exclude-each-other',
      says: 'The rules for each kind of JWT of an issuer refuse the other kinds.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        rowOf(restOfHeader, 'typ of a logout token'),
        rowOf(restOfHeader, 'typ of a DPoP proof'),
        rowOf(restOfHeader, 'typ of an introspection response'),
        rowOf(restOfHeader, 'typ of a security event'),
        rowOf(notForThis, 'the nonce of an ID token'),
        rowOf(notForThis, 'events, of a logout token'),
      ],
    },
  ],
}
