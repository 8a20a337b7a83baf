import { rowOf, type Specification, testsOf } from './requirement.js'
import { callback, codeGrant, completeLogin, foreignCallback, returnTo, startLogin, strictProvider } from './test-files.js'

const here = testsOf('packages/client/test/requirements/rfc9700.test.ts')
const notOfThis = 'a callback that is not of this attempt'
const rejected = foreignCallback(notOfThis, 'is rejected with %s, and the code is sent nowhere')
const server = { binds: 'authorization server', because: 'It is what a server does.' } as const

/** Best Current Practice for OAuth 2.0 Security, January 2025: its best practices. */
export const rfc9700: Specification = {
  rfc: 9700,
  sections: {
    '2.1': { MUST: 4, 'MUST NOT': 1, REQUIRED: 1 },
    '2.1.1': { MUST: 7 },
    '2.1.2': {},
    '2.2.1': {},
    '2.2.2': { MUST: 1 },
    '2.3': { MUST: 1 },
    '2.4': { 'MUST NOT': 1 },
    '2.5': {},
    '2.6': { MUST: 1, 'MUST NOT': 3 },
  },
  requirements: [
    { section: '2.1', id: 'exact-redirect-uri', says: 'Redirect URIs are compared as strings.', accountsFor: ['MUST'], ...server },
    {
      section: '2.1',
      id: 'no-open-redirector',
      says: 'Nobody is sent on to where a parameter says.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      heldBy: [
        returnTo('a way to another origin', '%s is refused: %j'),
        returnTo('a way to another origin', 'no combination of the characters of attacks leaves the origin, decoded or not'),
        rowOf(
          foreignCallback('a transaction that is not of this client', 'is rejected with %s, and nothing is sent'),
          'a returnTo to another origin',
        ),
      ],
    },
    {
      section: '2.1',
      id: 'csrf',
      says: "A callback that this browser did not ask for is nobody's, by a state that is used once and bound to the browser.",
      accountsFor: ['MUST', 'MUST'],
      binds: 'client',
      heldBy: [
        foreignCallback(notOfThis, 'is stale where nothing was kept, and nothing is sent'),
        foreignCallback(notOfThis, 'is rejected with %s, and nothing is sent'),
        foreignCallback(notOfThis, 'is rejected with the state of another tab'),
        startLogin('no two logins share a secret, and each has 256 bits'),
      ],
    },
    {
      section: '2.1',
      id: 'mix-up',
      says: 'A response is of the server that was asked.',
      accountsFor: ['REQUIRED'],
      binds: 'client',
      heldBy: [
        rowOf(rejected, 'another issuer'),
        foreignCallback(
          'a transaction that is not of this client',
          'is rejected by the client of another issuer (mix-up), though state and iss would do',
        ),
      ],
    },
    { section: '2.1', id: 'no-307', says: 'Credentials of users are not forwarded.', accountsFor: ['MUST'], ...server },
    {
      section: '2.1.1',
      id: 'code-injection',
      says: 'A code that was stolen and injected is of no use.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [
        completeLogin('a callback that comes again', 'with the code of another attempt is stale: PKCE tells them apart'),
        rowOf(codeGrant('an ID token is rejected, and none of the tokens are used', '%s'), 'of another login'),
      ],
    },
    {
      section: '2.1.1',
      id: 'pkce',
      says: 'Public clients use PKCE. So does this one, whatever it is.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [
        startLogin('a login has PKCE with S256, a state and a nonce, at the configured redirect URI'),
        strictProvider('a client %s', 'logs in at a server that requires PKCE, pushed requests and nonces'),
      ],
    },
    {
      section: '2.1.1',
      id: 'transaction-specific',
      says: 'Challenge and nonce are new for each login, and bound to the client and the browser.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [
        startLogin('no two logins share a secret, and each has 256 bits'),
        foreignCallback('a transaction that is not of this client', 'is rejected with %s, and nothing is sent'),
        rowOf(codeGrant('an ID token is rejected, and none of the tokens are used', '%s'), 'without nonce'),
      ],
    },
    {
      section: '2.1.1',
      id: 'server-pkce',
      says: 'Servers support PKCE, enforce it, let nobody downgrade it, and say so.',
      accountsFor: ['MUST', 'MUST', 'MUST', 'MUST'],
      ...server,
    },
    {
      section: '2.1.2',
      id: 'no-implicit',
      says: 'No tokens come from the authorization endpoint.',
      accountsFor: [],
      binds: 'client',
      heldBy: [
        rowOf(callback('what is no response to a code flow', '%s is refused'), 'a token of the implicit flow'),
        startLogin('what cannot work is refused before anything is sent', 'the parameter %s by the back door'),
      ],
    },
    {
      section: '2.2.1',
      id: 'sender-constrained',
      says: 'Access tokens can be bound to a key.',
      accountsFor: [],
      binds: 'client',
      heldBy: [codeGrant('DPoP', 'binds the code, and the tokens, to the key of the client, with the nonces that the server wants')],
    },
    {
      section: '2.2.2',
      id: 'refresh-tokens',
      says: 'Refresh tokens of public clients are bound to a key, or rotate.',
      accountsFor: ['MUST'],
      ...server,
      heldBy: [strictProvider('a refresh token that was used before ends the session, for whoever has the next one too')],
    },
    {
      section: '2.3',
      id: 'audience',
      says: 'A token for another API is refused.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      because: 'A client says which API a token is for, and the API looks.',
      heldBy: [strictProvider('a client %s', 'gets a token for one API')],
    },
    {
      section: '2.4',
      id: 'no-passwords',
      says: 'Passwords of users are not sent.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      heldBy: [here('there is no way to send the password of a user as a grant')],
    },
    {
      section: '2.6',
      id: 'encrypted-responses',
      says: 'Responses travel encrypted.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      heldBy: [here('a redirect URI is encrypted, but on loopback: not %s')],
    },
    { section: '2.6', id: 'no-http-redirects', says: 'Nor does a server redirect to http.', accountsFor: ['MUST NOT'], ...server },
    {
      section: '2.6',
      id: 'in-browser-messages',
      says: 'Who sends and who gets a message between windows is verified.',
      accountsFor: ['MUST'],
      binds: 'feature not offered',
      because: 'A response comes by redirect or form. The popup of the browser client is its own matter, and has its own tests.',
    },
    { section: '2.6', id: 'no-cors', says: 'The authorization endpoint has no CORS.', accountsFor: ['MUST NOT'], ...server },
  ],
}
