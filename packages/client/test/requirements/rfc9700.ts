import { rowOf, type Specification } from './requirement.js'
import { tokenRequirements, tokenSections } from './rfc9700-tokens.js'
import { callback, codeGrant, completeLogin, foreignCallback, returnTo, startLogin, strictProvider } from './test-files.js'

const notOfThis = 'a callback that is not of this attempt'
const rejected = foreignCallback(notOfThis, 'is rejected with %s, and the code is sent nowhere')
const server = { binds: 'authorization server', because: 'It is what a server does.' } as const

/** Best Current Practice for OAuth 2.0 Security, January 2025: its best practices (§2). */
export const rfc9700: Specification = {
  rfc: 9700,
  sections: {
    '2.1': { MUST: 4, 'MUST NOT': 1, REQUIRED: 1, SHOULD: 1 },
    '2.1.1': { MUST: 7, SHOULD: 1, RECOMMENDED: 2 },
    '2.1.2': { SHOULD: 1, 'SHOULD NOT': 1 },
    ...tokenSections,
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
      says: "A callback that this browser did not ask for is nobody's, by a state that is new for each login and bound to the browser. That it is used once is for the app, which forgets the transaction, and for the server, which knows its codes.",
      accountsFor: ['MUST', 'MUST'],
      binds: 'client',
      heldBy: [
        foreignCallback(notOfThis, 'is stale where nothing was kept, and nothing is sent'),
        foreignCallback(notOfThis, 'is rejected with %s, and nothing is sent'),
        foreignCallback(notOfThis, 'is rejected with the state of another tab'),
        startLogin('no two logins share a secret, and each has 256 bits'),
        completeLogin('a callback that comes again', 'is stale, since the server knows the code'),
      ],
    },
    {
      section: '2.1',
      id: 'mix-up',
      says: 'A response is of the server that was asked: it says so by iss.',
      accountsFor: ['REQUIRED', 'SHOULD'],
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
      says: 'Public clients use PKCE. So does this one, whatever it is, and with a method that does not show the verifier.',
      accountsFor: ['MUST', 'RECOMMENDED', 'SHOULD'],
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
      says: 'Servers support PKCE, enforce it, let nobody downgrade it, and say so in their metadata.',
      accountsFor: ['MUST', 'MUST', 'MUST', 'MUST', 'RECOMMENDED'],
      ...server,
    },
    {
      section: '2.1.2',
      id: 'no-implicit',
      says: 'No tokens come from the authorization endpoint, but a code.',
      accountsFor: ['SHOULD NOT', 'SHOULD'],
      binds: 'client',
      heldBy: [
        rowOf(callback('what is no response to a code flow', '%s is refused'), 'a token of the implicit flow'),
        rowOf(startLogin('what cannot work is refused before anything is sent', 'the parameter %s by the back door'), 'response_type'),
      ],
    },
    ...tokenRequirements,
  ],
}
