import { rowOf, type Specification } from './requirement.js'
import { asks, forged, grants, injected, redeems } from './rfc10017-tests.js'
import { browserLogin, browserSession, popupInChromium, strictProviderInChromium, tokensInChromium } from './test-files.js'

const server = { binds: 'authorization server', because: 'It is what a server does.' } as const

/** What RFC 10017 demands of a page that is the client, and of its server: §6.3. */
export const pageSections: Specification['sections'] = {
  '6.3.2': { MUST: 1 },
  '6.3.2.1': { MUST: 2 },
  '6.3.2.2': { MUST: 1 },
  '6.3.2.3': { MUST: 3, 'MUST NOT': 1, SHOULD: 1 },
  '6.3.3.1': { 'MUST NOT': 1, MUST: 1 },
  '6.3.3.2': { 'SHOULD NOT': 1 },
  '6.3.3.2.1': { MUST: 2 },
  '6.3.3.3': { MUST: 2 },
  '6.3.3.4': { MUST: 1 },
}

/** Those demands, with the tests that hold them. */
export const pageRequirements: Specification['requirements'] = [
  {
    section: '6.3.2',
    id: 'public-client',
    says: 'A page that is a client does what follows besides the code flow.',
    accountsFor: ['MUST'],
    binds: 'client',
    heldBy: [
      strictProviderInChromium('logs in, renews and logs out at a provider that demands pushed requests, DPoP with nonces and rotation'),
      redeems,
    ],
  },
  {
    section: '6.3.2.1',
    id: 'pkce-of-page',
    says: 'It uses PKCE.',
    accountsFor: ['MUST'],
    binds: 'client',
    heldBy: [asks, redeems, injected],
  },
  { section: '6.3.2.1', id: 'pkce-at-server', says: 'Servers do PKCE, and enforce it.', accountsFor: ['MUST'], ...server },
  {
    section: '6.3.2.2',
    id: 'csrf-of-page',
    says: 'A callback that this tab did not ask for logs nobody in: by state, by PKCE and by nonce.',
    accountsFor: ['MUST'],
    binds: 'client',
    heldBy: [
      asks,
      injected,
      rowOf(forged, 'a state of another attempt'),
      rowOf(forged, 'no state'),
      rowOf(browserLogin('refuses an ID token %s'), 'of another attempt'),
      rowOf(browserLogin('refuses an ID token %s'), 'without a nonce'),
    ],
  },
  {
    section: '6.3.2.3',
    id: 'refresh-tokens-of-page',
    says: 'A page that gets refresh tokens uses them as RFC 9700 has it: each once where they rotate, and revoked when nobody needs them.',
    accountsFor: ['MUST'],
    binds: 'client',
    heldBy: [
      grants,
      browserSession('a refresh token that is not good any more ends the session, once and for all'),
      browserSession('a logout revokes the refresh token, and says where the server can end its session'),
      tokensInChromium('five tabs whose access has ended at once make one refresh, with dpop %s'),
    ],
  },
  {
    section: '6.3.2.3',
    id: 'refresh-tokens-at-server',
    says: 'They rotate or are bound to a key, end some day, and with the session of the user, and the next is not good for longer than the first.',
    accountsFor: ['MUST', 'MUST', 'MUST NOT', 'SHOULD'],
    ...server,
    heldBy: [browserSession('a laptop that slept for longer than the session lasts is anonymous')],
  },
  {
    section: '6.3.3.1',
    id: 'no-shared-secret',
    says: 'A secret that is in the code of a page is none: servers do not ask for it, or do not believe it.',
    accountsFor: ['MUST NOT', 'MUST'],
    ...server,
    heldBy: [redeems],
  },
  {
    section: '6.3.3.2',
    id: 'impersonation',
    says: 'Without its user nothing is granted to an app that anybody can be.',
    accountsFor: ['SHOULD NOT'],
    ...server,
    heldBy: [browserLogin('a user who is not known to the server has not failed, when it was asked without them')],
  },
  {
    section: '6.3.3.2.1',
    id: 'registered-redirect-uri',
    says: 'The redirect URI is one that is registered, character by character: that of the options, wherever the page is.',
    accountsFor: ['MUST'],
    binds: 'client',
    heldBy: [asks, redeems],
  },
  { section: '6.3.3.2.1', id: 'exact-match', says: 'Servers compare it as a string.', accountsFor: ['MUST'], ...server },
  {
    section: '6.3.3.3',
    id: 'messages-between-windows',
    says: 'Who sends and who gets a message between windows is verified, and what RFC 9700 says of them is done.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'feature not offered',
    because:
      'A response comes by redirect to a page of the app. A popup tells the page by a BroadcastChannel, which no other origin hears or speaks on.',
    heldBy: [
      popupInChromium('logs in by popup, which closes, and leaves the page where it is'),
      popupInChromium('the page that a popup shows cannot send the app elsewhere'),
    ],
  },
  {
    section: '6.3.3.4',
    id: 'cors',
    says: 'The servers that a page asks allow it to.',
    accountsFor: ['MUST'],
    binds: 'deployment',
    because: 'It is configured at the authorization server and the API. docs/browser.md says what they have to allow and expose.',
  },
]
