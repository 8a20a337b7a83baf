import { rowOf, type Specification, testsOf } from './requirement.js'
import { allowedOrigins, authorizationServer, clientProof, codeGrant, startLogin, strictProvider } from './test-files.js'

const here = testsOf('packages/client/test/requirements/rfc9700.test.ts')
const server = { binds: 'authorization server', because: 'It is what a server does.' } as const

/** What RFC 9700 says of tokens, of authentication and of everything else: §2.2 to §2.6. */
export const tokenSections: Specification['sections'] = {
  '2.2.1': { SHOULD: 1 },
  '2.2.2': { MUST: 1 },
  '2.3': { MUST: 1, SHOULD: 3 },
  '2.4': { 'MUST NOT': 1 },
  '2.5': { SHOULD: 1, RECOMMENDED: 1 },
  '2.6': { MUST: 1, 'MUST NOT': 3, RECOMMENDED: 2, 'SHOULD NOT': 1 },
}

/** Those demands, with the tests that hold them. */
export const tokenRequirements: Specification['requirements'] = [
  {
    section: '2.2.1',
    id: 'sender-constrained',
    says: 'Access tokens can be bound to a key.',
    accountsFor: ['SHOULD'],
    binds: 'client',
    heldBy: [
      codeGrant('DPoP', 'binds the code, and the tokens, to the key of the client, with the nonces that the server wants'),
      codeGrant('DPoP', 'a bearer token in its place is rejected'),
      startLogin('with DPoP the code is bound to the key of the client (dpop_jkt), and without it to none'),
    ],
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
    id: 'least-privilege',
    says: 'Tokens are for what is needed, where it is needed.',
    accountsFor: ['SHOULD', 'SHOULD', 'SHOULD'],
    binds: 'authorization server',
    because: 'It decides what a token is for. A client can ask for scopes, resources and details.',
    heldBy: [startLogin('everything that can be asked for is asked for by its parameter')],
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
    section: '2.5',
    id: 'client-authentication',
    says: 'Clients that can keep a secret prove themselves.',
    accountsFor: ['SHOULD'],
    ...server,
  },
  {
    section: '2.5',
    id: 'asymmetric-authentication',
    says: 'They do so by a key pair.',
    accountsFor: ['RECOMMENDED'],
    binds: 'client',
    heldBy: [
      clientProof('private_key_jwt takes a CryptoKey that cannot be exported'),
      clientProof('private_key_jwt signs with %s, for the issuer and a minute'),
    ],
  },
  {
    section: '2.6',
    id: 'metadata-of-server',
    says: 'Clients are configured by what a server publishes.',
    accountsFor: ['RECOMMENDED'],
    binds: 'client',
    heldBy: [
      authorizationServer('asks once for all who need it, and again after an hour'),
      authorizationServer('uses nothing of a server whose metadata have %s'),
    ],
  },
  {
    section: '2.6',
    id: 'chosen-names',
    says: 'No client chooses a name that could be a user’s.',
    accountsFor: ['SHOULD NOT'],
    ...server,
  },
  {
    section: '2.6',
    id: 'tls-to-apis',
    says: 'A token travels to an API by TLS.',
    accountsFor: ['RECOMMENDED'],
    binds: 'client',
    heldBy: [
      rowOf(allowedOrigins('refuses %s, and says no more of it than its origin'), 'http://api.example.com/'),
      rowOf(allowedOrigins('takes no list with %s'), 'http'),
    ],
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
    because: 'A response comes by redirect or form. Of the popup of the browser client, see RFC 10017 §6.3.3.3.',
  },
  { section: '2.6', id: 'no-cors', says: 'The authorization endpoint has no CORS.', accountsFor: ['MUST NOT'], ...server },
]
