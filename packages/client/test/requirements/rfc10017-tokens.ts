import { rowOf, type Specification } from './requirement.js'
import { answersLogin, asks, forged, grants, redeems, sealed, tokenInCallback } from './rfc10017-tests.js'
import {
  browserLogin,
  browserSession,
  contentSecurityPolicyInChromium,
  shopInChromium,
  strictProviderInChromium,
  tokensInChromium,
} from './test-files.js'

const server = { binds: 'authorization server', because: 'It is what a server does.' } as const

/** What RFC 10017 demands of how tokens are got, stored and bound: §7 to §9. */
export const tokenSections: Specification['sections'] = {
  '7.2': { MUST: 2, 'MUST NOT': 2 },
  '7.2.1': {},
  '7.3': { 'MUST NOT': 1, MUST: 1 },
  '8.1': { 'NOT RECOMMENDED': 1 },
  '8.2': { 'MUST NOT': 1 },
  '8.3': {},
  '8.5': {},
  '8.6': {},
  '9.1': { 'SHOULD NOT': 1 },
  '9.2': {},
  '9.3': {},
  '9.4': {},
}

/** Those demands, with the tests that hold them. */
export const tokenRequirements: Specification['requirements'] = [
  {
    section: '7.2',
    id: 'no-tokens-in-responses',
    says: 'Tokens come from the token endpoint alone.',
    accountsFor: ['MUST NOT', 'MUST'],
    ...server,
  },
  {
    section: '7.2',
    id: 'code-flow-alone',
    says: 'A page uses the code flow, and not the implicit one.',
    accountsFor: ['MUST', 'MUST NOT'],
    binds: 'client',
    heldBy: [asks, grants, tokenInCallback],
  },
  {
    section: '7.2.1',
    id: 'code-out-of-history',
    says: 'The code is taken out of the URL and the history.',
    accountsFor: [],
    binds: 'client',
    onlyWith: 'a browser',
    heldBy: [
      tokensInChromium('logs in by redirect, comes back to where the user was, and leaves no callback in the URL'),
      shopInChromium('logs in, shows the orders, and leaves no callback in the URL'),
    ],
  },
  {
    section: '7.3',
    id: 'no-passwords-in-page',
    says: 'No password of a user is sent: the user is, to the server, by a redirect.',
    accountsFor: ['MUST NOT', 'MUST'],
    binds: 'client',
    heldBy: [grants, asks],
  },
  {
    section: '8.1',
    id: 'no-token-in-cookies',
    says: 'No script keeps tokens in cookies.',
    accountsFor: ['NOT RECOMMENDED'],
    binds: 'client',
    onlyWith: 'a browser',
    heldBy: [shopInChromium('no token is in a storage that a script of the page can read')],
  },
  {
    section: '8.2',
    id: 'no-storage-of-worker',
    says: 'A service worker that isolates tokens, and a worker as much as it, keeps them in no storage that the page can open.',
    accountsFor: ['MUST NOT'],
    binds: 'client',
    heldBy: [browserSession('no answer of the worker has the refresh token in it'), answersLogin, sealed],
    except:
      'So that a reload keeps the session, its tokens are in IndexedDB, sealed under a key that cannot be extracted. A script that runs in the origin can have the seal opened.',
  },
  {
    section: '8.3',
    id: 'refresh-token-in-worker',
    says: 'The worker redeems codes and refresh tokens, and tells the page neither.',
    accountsFor: [],
    binds: 'client',
    heldBy: [browserSession('no answer of the worker has the refresh token in it'), answersLogin],
  },
  {
    section: '8.5',
    id: 'no-token-in-web-storage',
    says: 'No token is in localStorage or sessionStorage.',
    accountsFor: [],
    binds: 'client',
    onlyWith: 'a browser',
    heldBy: [sealed, shopInChromium('no token is in a storage that a script of the page can read')],
  },
  {
    section: '8.6',
    id: 'encrypted-at-rest',
    says: 'What is stored is encrypted, as far as a browser can.',
    accountsFor: [],
    binds: 'client',
    onlyWith: 'a browser',
    heldBy: [sealed],
  },
  {
    section: '9.1',
    id: 'claims-of-id-token',
    says: 'An ID token has no claims that the client does not use.',
    accountsFor: ['SHOULD NOT'],
    ...server,
  },
  {
    section: '9.1',
    id: 'less-authority',
    says: 'Tokens are asked for with the scopes, and for the resources, that the app needs.',
    accountsFor: [],
    binds: 'client',
    heldBy: [asks, redeems, browserLogin('asks for what an API has asked for, on top of the scope of the app')],
  },
  {
    section: '9.2',
    id: 'key-not-exportable',
    says: 'The key that tokens are bound to cannot be exported.',
    accountsFor: [],
    binds: 'client',
    onlyWith: 'a browser',
    heldBy: [
      sealed,
      strictProviderInChromium('logs in, renews and logs out at a provider that demands pushed requests, DPoP with nonces and rotation'),
    ],
  },
  {
    section: '9.3',
    id: 'mix-up-of-page',
    says: 'A response of another server is not taken.',
    accountsFor: [],
    binds: 'client',
    heldBy: [
      rowOf(forged, 'another issuer'),
      rowOf(forged, 'no issuer, at a server that says it'),
      browserLogin('metadata of another issuer are refused, and asked for again the next time'),
    ],
  },
  {
    section: '9.4',
    id: 'one-app-an-origin',
    says: 'An app has an origin to itself, and the policies that go with it.',
    accountsFor: [],
    binds: 'application',
    because: 'It is served where its makers have it. Under a strict Content-Security-Policy the client does what it does without.',
    heldBy: [
      contentSecurityPolicyInChromium('a page that may connect to nothing logs in, reloads and gets tokens by its worker'),
      contentSecurityPolicyInChromium('a worker is under the policy of its own response, not under that of the page'),
    ],
  },
]
