import { rowOf, type Specification, testsOf } from './requirement.js'
import { introspectionCache, introspectionClient, introspectionJson, introspectionSecrets } from './test-files.js'
import { authenticator, providerMtls, providerOpaque } from './test-files.js'

const here = testsOf('packages/verifier/test/requirements/rfc7662.test.ts')
const store = testsOf('packages/verifier/test/introspection-store.test.ts')
const options = testsOf('packages/verifier/test/introspection-options.test.ts')

const refused = introspectionJson('an active token', '%s is refused')
const noAnswer = introspectionJson('an answer that is none says nothing about the token', 'with %s')
const lasts = introspectionCache('an answer is used', 'as long %s')
const opaque = (title: string) => providerOpaque('asking for answers that are %s', title)

/** OAuth 2.0 Token Introspection, October 2015: the API is its client. */
export const rfc7662: Specification = {
  rfc: 7662,
  sections: {
    '2': { MUST: 1 },
    '2.1': { MUST: 2, REQUIRED: 1 },
    '2.2': { MUST: 2, REQUIRED: 1 },
    '2.3': { MUST: 1 },
    '4': { MUST: 10, 'MUST NOT': 1 },
    '5': { MUST: 1 },
  },
  requirements: [
    {
      section: '2',
      id: 'tls',
      says: 'The endpoint is behind TLS.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        here('no token is sent to an endpoint without TLS, be it configured or named by the metadata'),
        here('a token is not sent on to where the endpoint redirects to'),
        here('what a redirect led to, where a fetch followed it in spite of that, is no answer'),
        rowOf(options('options', '%j: %s'), 'http://login.example.com/introspect'),
        introspectionJson('an answer that is none says nothing about the token', 'with the redirect %i'),
      ],
    },
    {
      section: '2.1',
      id: 'token-parameter',
      says: 'The token is the parameter token of a form, sent with POST.',
      accountsFor: ['REQUIRED'],
      binds: 'resource server',
      heldBy: [
        introspectionClient('a request for introspection', 'posts the token in a form to the endpoint that the metadata name'),
        introspectionClient('a request for introspection', 'brings every character of a token over'),
        introspectionSecrets('a token', 'is not in a URL'),
      ],
    },
    {
      section: '2.1',
      id: 'search-beyond-the-hint',
      says: 'A server that does not find the token by its hint looks on.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it looks',
    },
    {
      section: '2.1',
      id: 'authorized-caller',
      says: 'The endpoint asks for some form of authorization.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it is asked; the API authenticates in each request',
      heldBy: [
        opaque('accepts an opaque token, as a client that authenticates by %s'),
        opaque('cannot decide when the server does not take it for who it says it is'),
        introspectionClient('the client authenticates', 'with both halves form-encoded in the header'),
        introspectionClient('the client authenticates', 'with an assertion that a private key signed, given as a %s'),
      ],
    },
    {
      section: '2.2',
      id: 'active',
      says: 'The answer says in active, a boolean, whether the token is active.',
      accountsFor: ['REQUIRED'],
      binds: 'resource server',
      heldBy: [
        rowOf(noAnswer, 'active as a text'),
        rowOf(noAnswer, 'active as a number'),
        rowOf(noAnswer, 'no active'),
        rowOf(noAnswer, 'active in the prototype'),
        introspectionJson('an answer that is none says nothing about the token', 'with an active that all objects inherit'),
        introspectionJson('an active token', 'is given with what the server said of it, frozen in depth'),
      ],
    },
    {
      section: '2.2',
      id: 'registered-names',
      says: 'Names of members that are used across domains are registered.',
      accountsFor: ['MUST'],
      binds: 'specification',
      because: 'it is about those who name members',
    },
    {
      section: '2.2',
      id: 'inactive',
      says: 'Of a token that is not active, unknown, or not for the API to know of, the answer says that it is not active.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it answers; such a token is refused',
      heldBy: [
        introspectionJson('a token that is not active', 'is refused, whatever else is said of it'),
        opaque('refuses a token that is unknown, and one for another API, of which this one is told nothing'),
      ],
    },
    {
      section: '2.3',
      id: 'inactive-is-no-error',
      says: 'A token that is not active is answered as such, and not as an error.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it answers; an error is no verdict on the token, and is taken for an outage',
      heldBy: [
        introspectionJson('an answer that is none says nothing about the token', 'with the status %i'),
        opaque('cannot decide when the server does not take it for who it says it is'),
      ],
    },
    {
      section: '4',
      id: 'server-checks',
      says: 'The server checks expiry, start, revocation, signature, and whether the token is for the API that asks.',
      accountsFor: ['MUST', 'MUST', 'MUST', 'MUST', 'MUST', 'MUST'],
      binds: 'authorization server',
      because: 'it knows the token; what it says of times, issuer and audience is checked again',
      heldBy: [
        rowOf(refused, 'that has expired'),
        rowOf(refused, 'that is not valid yet'),
        rowOf(refused, 'for another audience'),
        rowOf(refused, 'of another issuer'),
        opaque('refuses a token that is over by its own clock, whatever the server says'),
      ],
    },
    {
      section: '4',
      id: 'server-authenticates-and-speaks-tls',
      says: 'The server has APIs authenticate, and speaks TLS 1.2.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'authorization server',
      because: 'it listens and answers',
    },
    {
      section: '4',
      id: 'certificate-check',
      says: 'The API checks the certificate of the server.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        here('no token is sent to a server whose certificate nobody vouches for'),
        providerMtls('an issuer whose certificate is not trusted is an outage, not a bad token'),
      ],
    },
    {
      section: '4',
      id: 'caching-considered',
      says: 'How long answers are kept is chosen with what is lost by it in mind.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        introspectionCache('an answer is used', 'for a minute, and is the same object all that time'),
        introspectionCache('an answer is used', 'once, if the response says %s'),
        introspectionCache('an answer is used', 'once, if there is no cache'),
        introspectionCache('an answer is used', 'until the token is older than tokens may be'),
        opaque('refuses a revoked token when the time of the kept answer is over, where answers are kept nevertheless'),
        opaque('learns of a revocation at once where it is told to ask now, or to forget'),
      ],
    },
    {
      section: '4',
      id: 'not-beyond-exp',
      says: 'An answer is not kept beyond its exp.',
      accountsFor: ['MUST NOT'],
      binds: 'resource server',
      heldBy: [
        rowOf(lasts, 'as the token lasts, if that is less'),
        rowOf(lasts, 'as the token lasts, whatever the tolerance'),
        rowOf(store('what is in a store is not believed', 'with %s'), 'claims whose time is over'),
        rowOf(store('a store that is shared', 'is told that an answer lasts %s'), 'as long as the token'),
      ],
    },
    {
      section: '5',
      id: 'personal-data',
      says: 'What the answer says of people does not get to others.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        introspectionSecrets('no error tells', 'the token or the secret, where the server repeats them in %s'),
        store('a store that is shared', 'learns neither tokens nor what is said of them'),
        store('a store that is shared', 'has verifiers of another %s share nothing'),
        authenticator('authenticate', "answers 401 to a token that the verifier rejects, and keeps the verifier's words to itself"),
      ],
    },
  ],
}
