import { rowOf, type Specification, testsOf } from './requirement.js'
import { authorizationUrl, foreignCallback, startLogin, strictProvider } from './test-files.js'

const here = testsOf('packages/client/test/requirements/rfc7636.test.ts')
const server = { binds: 'authorization server', because: 'It is how a server checks.' } as const

/** Proof Key for Code Exchange, September 2015. */
export const rfc7636: Specification = {
  rfc: 7636,
  sections: {
    '4.1': { SHOULD: 1, RECOMMENDED: 1 },
    '4.2': { MUST: 1 },
    '4.3': { REQUIRED: 1 },
    '4.4': { MUST: 1, 'MUST NOT': 1 },
    '4.4.1': { MUST: 2, SHOULD: 2 },
    '4.5': { REQUIRED: 1, MUST: 1 },
    '4.6': { MUST: 2 },
    '5': { SHOULD: 1 },
    '6.2.1': { RECOMMENDED: 1 },
    '7.1': { SHOULD: 1 },
    '7.2': { MUST: 1, 'MUST NOT': 1, SHOULD: 1, 'SHOULD NOT': 2 },
    '7.4': { SHOULD: 1 },
  },
  requirements: [
    {
      section: '4.1',
      id: 'verifier',
      says: 'The code verifier is random, new for each request, of 43 to 128 unreserved characters: 32 octets in base64url.',
      accountsFor: ['SHOULD', 'RECOMMENDED'],
      binds: 'client',
      heldBy: [startLogin('no two logins share a secret, and each has 256 bits')],
    },
    {
      section: '4.2',
      id: 's256',
      says: 'A client that can do S256 does.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [
        startLogin('a login has PKCE with S256, a state and a nonce, at the configured redirect URI'),
        here('the challenge is made of the verifier as in the example of appendix B'),
      ],
    },
    {
      section: '4.3',
      id: 'challenge',
      says: 'The authorization request has a code_challenge.',
      accountsFor: ['REQUIRED'],
      binds: 'client',
      heldBy: [
        startLogin('a login has PKCE with S256, a state and a nonce, at the configured redirect URI'),
        strictProvider('a client %s', 'logs in at a server that requires PKCE, pushed requests and nonces'),
      ],
    },
    { section: '4.4', id: 'associate', says: 'The challenge is kept with the code.', accountsFor: ['MUST'], ...server },
    { section: '4.4', id: 'hide', says: 'The challenge is not in a code in the clear.', accountsFor: ['MUST NOT'], ...server },
    {
      section: '4.4.1',
      id: 'errors',
      says: 'What is missing or unknown is invalid_request, and it is said what that was.',
      accountsFor: ['MUST', 'MUST', 'SHOULD', 'SHOULD'],
      ...server,
    },
    {
      section: '4.5',
      id: 'send-verifier',
      says: 'The token request has the code_verifier.',
      accountsFor: ['REQUIRED'],
      binds: 'client',
      heldBy: [
        here('the token request has the verifier of its own attempt'),
        rowOf(foreignCallback('a transaction that is not of this client', 'is rejected with %s, and nothing is sent'), 'no code verifier'),
      ],
    },
    { section: '4.5', id: 'method', says: 'The method of the code is the one that is checked by.', accountsFor: ['MUST'], ...server },
    {
      section: '4.6',
      id: 'compare',
      says: 'A verifier that fits goes on, another is invalid_grant.',
      accountsFor: ['MUST', 'MUST'],
      ...server,
    },
    {
      section: '5',
      id: 'to-all',
      says: 'The parameters go to every server, whether it says that it does PKCE or not.',
      accountsFor: ['SHOULD'],
      binds: 'client',
      heldBy: [here('a server that says nothing of PKCE gets the challenge too')],
    },
    {
      section: '6.2.1',
      id: 'short-names',
      says: 'Names of methods are short.',
      accountsFor: ['RECOMMENDED'],
      binds: 'specification',
      because: 'It is for those who register another method.',
    },
    {
      section: '7.1',
      id: 'entropy',
      says: 'The verifier has 256 bits.',
      accountsFor: ['SHOULD'],
      binds: 'client',
      heldBy: [
        startLogin('no two logins share a secret, and each has 256 bits'),
        rowOf(
          foreignCallback('a transaction that is not of this client', 'is rejected with %s, and nothing is sent'),
          'a code verifier that can be guessed',
        ),
      ],
    },
    {
      section: '7.2',
      id: 'no-downgrade',
      says: 'The method is S256; there is no plain, nor a way down to it.',
      accountsFor: ['MUST NOT', 'SHOULD NOT', 'SHOULD NOT', 'SHOULD'],
      binds: 'client',
      heldBy: [
        authorizationUrl('the authorization endpoint', 'has to do PKCE with S256 if it says what it does'),
        startLogin('what cannot work is refused before anything is sent', 'the parameter %s by the back door'),
      ],
    },
    {
      section: '7.2',
      id: 'encrypt-plain',
      says: 'A plain challenge in a code is encrypted.',
      accountsFor: ['MUST'],
      ...server,
    },
    {
      section: '7.4',
      id: 'threat-model',
      says: 'The threats of RFC 6819 are known.',
      accountsFor: ['SHOULD'],
      binds: 'specification',
      because: 'It is for readers. What has come of it are the practices of RFC 9700, of which there is a map.',
    },
  ],
}
