import { rowOf, type Specification, testsOf } from './requirement.js'
import { callback, foreignCallback, mockIssuer } from './test-files.js'

const here = testsOf('packages/client/test/requirements/rfc9207.test.ts')
const notOfThis = 'a callback that is not of this attempt'
const rejected = foreignCallback(notOfThis, 'is rejected with %s, and the code is sent nowhere')
const mixUp = foreignCallback(
  'a transaction that is not of this client',
  'is rejected by the client of another issuer (mix-up), though state and iss would do',
)
const server = { binds: 'authorization server', because: 'It is what a server says.' } as const

/** OAuth 2.0 Authorization Server Issuer Identification, March 2022. */
export const rfc9207: Specification = {
  rfc: 9207,
  sections: {
    '2': { MUST: 2 },
    '2.3': { MUST: 3 },
    '2.4': { MUST: 10, 'MUST NOT': 2, SHOULD: 1 },
    '3': {},
    '4': { MUST: 3, 'MUST NOT': 1 },
  },
  requirements: [
    {
      section: '2',
      id: 'include',
      says: 'Every authorization response, errors too, has iss, an https URL.',
      accountsFor: ['MUST', 'MUST'],
      ...server,
    },
    {
      section: '2.3',
      id: 'publish',
      says: 'The issuer identifier is published, the same, and so is the support of iss.',
      accountsFor: ['MUST', 'MUST', 'MUST'],
      ...server,
    },
    {
      section: '2.4',
      id: 'extract',
      says: 'The iss of a response is read.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'another issuer')],
    },
    {
      section: '2.4',
      id: 'decode-compare',
      says: 'It is form-decoded, and compared with the issuer that was asked.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [callback('the parameters of a callback', 'of %j are read'), rowOf(rejected, 'another issuer')],
    },
    {
      section: '2.4',
      id: 'simple-comparison',
      says: 'They are compared as strings.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'an issuer that is longer by a slash'), rowOf(rejected, 'an empty issuer')],
    },
    {
      section: '2.4',
      id: 'reject',
      says: 'A response of another issuer is rejected, and its code goes nowhere.',
      accountsFor: ['MUST', 'MUST NOT'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'another issuer'), mockIssuer('an answer in the name of another issuer logs nobody in')],
    },
    {
      section: '2.4',
      id: 'errors-too',
      says: 'Nor is an error believed to be of the issuer that was asked.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      heldBy: [foreignCallback(notOfThis, 'is rejected with an error of another issuer')],
    },
    {
      section: '2.4',
      id: 'metadata',
      says: 'It is compared with the issuer of the metadata, or of the configuration where there are none.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'another issuer'), mockIssuer('nobody begins a login by the metadata of another issuer')],
    },
    {
      section: '2.4',
      id: 'retain-support',
      says: 'A client knows which of its servers send iss.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [foreignCallback(notOfThis, 'is taken without iss from a server that does not send it')],
    },
    {
      section: '2.4',
      id: 'reject-without',
      says: 'A response without iss is rejected where the server sends it.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'no issuer, though the server always says it')],
    },
    {
      section: '2.4',
      id: 'unannounced',
      says: 'A response with iss, from a server that does not say that it sends it, is discarded, unless a client has decided otherwise.',
      accountsFor: ['SHOULD'],
      binds: 'client',
      heldBy: [
        here('an issuer that the server has not announced is held against the one that was asked, on a server'),
        here('an issuer that the server has not announced is held against the one that was asked, in a page'),
      ],
      except:
        'It has: the iss of the server that was asked is taken, since there are servers that send it and do not say so. Any other is refused.',
    },
    {
      section: '2.4',
      id: 'id-token',
      says: 'An ID token from the authorization endpoint has the same issuer.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'The response type is code alone: a response with an ID token is refused.',
      heldBy: [rowOf(callback('what is no response to a code flow', '%s is refused'), 'an ID token of the hybrid flow')],
    },
    {
      section: '2.4',
      id: 'ignore',
      says: 'Who does not support this ignores iss.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'This client supports it.',
    },
    {
      section: '4',
      id: 'unique-issuers',
      says: 'iss is checked precisely, and no two servers have the same issuer.',
      accountsFor: ['MUST', 'MUST NOT', 'MUST'],
      binds: 'client',
      heldBy: [rowOf(rejected, 'an issuer that is longer by a slash'), mixUp],
    },
    {
      section: '4',
      id: 'several-issuers',
      says: 'A response that names several issuers is rejected.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [rowOf(callback('what is no response to a code flow', '%s is refused'), 'two issuers')],
    },
  ],
}
