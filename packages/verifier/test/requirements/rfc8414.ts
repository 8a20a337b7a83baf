import { rowOf, type Specification, testsOf } from './requirement.js'
import { discovery, hostileIssuer, jwksLocation, serverMetadata } from './test-files.js'

const here = testsOf('packages/verifier/test/requirements/rfc8414.test.ts')

/** OAuth 2.0 Authorization Server Metadata, June 2018: how it is fetched and validated. */
export const rfc8414: Specification = {
  rfc: 8414,
  sections: {
    '3': { MUST: 4 },
    '3.1': { MUST: 2 },
    '3.2': { MUST: 2 },
    '3.3': { MUST: 1, 'MUST NOT': 1 },
  },
  requirements: [
    {
      section: '3',
      id: 'document-at-its-place',
      says: 'A server with metadata has them at a place made of its issuer.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it publishes them; they are asked for at that place',
      heldBy: [discovery('the places', 'are asked in the order OpenID Connect, RFC 8414, RFC 8414 with the name of the former')],
    },
    {
      section: '3',
      id: 'https',
      says: 'The place is under https.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        discovery('the issuer', 'must not be %j, and nothing is asked'),
        rowOf(jwksLocation('a place that cannot work', 'as an issuer: %s'), 'no TLS'),
        serverMetadata('parseServerMetadata', 'lets no issuer on the network point to what listens on loopback'),
      ],
    },
    {
      section: '3',
      id: 'registered-suffix',
      says: 'The suffix of the place is one that IANA has registered, and an application says which one it uses.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'resource server',
      heldBy: [
        discovery('the places', 'are asked in the order OpenID Connect, RFC 8414, RFC 8414 with the name of the former'),
        discovery('the places', 'are two for an issuer without a path'),
      ],
    },
    {
      section: '3.1',
      id: 'get',
      says: 'The document is asked for with GET.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [here('metadata and keys are asked for with GET, and a redirect is not followed')],
    },
    {
      section: '3.1',
      id: 'terminating-slash',
      says: 'A slash at the end of the issuer goes before the suffix is put in.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [discovery('the places', 'leave out the slash at the end of an issuer, which still counts when issuers are compared')],
    },
    {
      section: '3.2',
      id: 'form-of-the-answer',
      says: 'A success is a 200 with a JSON object as application/json.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it answers; another answer is taken for no metadata, or for an outage',
      heldBy: [
        discovery('the places', 'are skipped when they answer with %s'),
        discovery('the document', 'is invalid when it is %s'),
        hostileIssuer('a good token, when the issuer answers with', '%s for its metadata, makes it unavailable'),
      ],
    },
    {
      section: '3.2',
      id: 'no-empty-claims',
      says: 'Members without a value are left out.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it writes the document; a member that is broken is left out here, and is missed only if it is needed',
      heldBy: [discovery('the document', 'may have broken members that nobody requires')],
    },
    {
      section: '3.3',
      id: 'issuer-identical',
      says: 'issuer in the document is the issuer that was asked, exactly, or nothing in the document is used.',
      accountsFor: ['MUST', 'MUST NOT'],
      binds: 'resource server',
      heldBy: [
        discovery('the document', 'is that of another issuer if it differs by %s, and the error names both'),
        rowOf(jwksLocation('a key set of an issuer', 'is not found by metadata %s'), 'of another issuer'),
        here('metadata of another issuer lead to no key, and are not tried further'),
      ],
    },
  ],
}
