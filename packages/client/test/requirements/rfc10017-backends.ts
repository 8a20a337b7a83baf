import type { Specification } from './requirement.js'
import { handlerCallback, tokenHandler, tokenHandlerInChromium } from './test-files.js'

const handler = { binds: 'token handler', because: 'It is the client of the authorization server; a page has only its cookies.' } as const
const cookies = { binds: 'token handler', because: 'It sets them. A page can neither read nor write them.' } as const
const mediator = {
  binds: 'feature not offered',
  because: 'The mode token-handler has no access tokens in the page: getAccessToken rejects there with no_tokens.',
} as const

/** What RFC 10017 demands of servers that hold tokens for a page: §6.1 and §6.2. */
export const backendSections: Specification['sections'] = {
  '6.1.3.1': { MUST: 2 },
  '6.1.3.2': { MUST: 3, SHOULD: 5, 'SHOULD NOT': 1 },
  '6.1.3.3': { MUST: 1 },
  '6.1.3.3.2': { SHOULD: 1, MUST: 1 },
  '6.1.3.6': { MUST: 3 },
  '6.2.2.3': { 'SHOULD NOT': 1, SHOULD: 1 },
  '6.2.3.1': { MUST: 2 },
}

/** Those demands, of which one has a part for the page. */
export const backendRequirements: Specification['requirements'] = [
  {
    section: '6.1.3.1',
    id: 'confidential-client',
    says: 'It is a confidential client, and uses the code flow.',
    accountsFor: ['MUST', 'MUST'],
    ...handler,
  },
  {
    section: '6.1.3.2',
    id: 'cookie-attributes',
    says: 'Cookies are Secure and HttpOnly, SameSite=Strict, of the path / and no domain, and their names begin with __Host-.',
    accountsFor: ['MUST', 'MUST', 'SHOULD', 'SHOULD', 'SHOULD NOT', 'SHOULD'],
    ...cookies,
  },
  {
    section: '6.1.3.2',
    id: 'new-deployments',
    says: 'Whoever begins today has no reason for less.',
    accountsFor: ['SHOULD', 'MUST'],
    ...cookies,
  },
  { section: '6.1.3.2', id: 'sealed-cookies', says: 'Tokens in a cookie are encrypted.', accountsFor: ['SHOULD'], ...cookies },
  { section: '6.1.3.3', id: 'csrf-of-backend', says: 'Requests that other sites have sent do nothing.', accountsFor: ['MUST'], ...handler },
  {
    section: '6.1.3.3',
    id: 'link-to-callback',
    says: 'Nor does a link of another site that looks like a callback: only the tab that began a login takes one.',
    accountsFor: [],
    binds: 'client',
    heldBy: [
      handlerCallback(
        'a page that looks like a callback',
        'is none in a tab that began no login: %s stays as it is, and nothing is sent of it',
      ),
      tokenHandlerInChromium('a link that looks like a callback, in another tab, spends no login'),
    ],
  },
  {
    section: '6.1.3.3.2',
    id: 'custom-header-required',
    says: 'Requests have to carry a header that another site cannot send without a pre-flight.',
    accountsFor: ['SHOULD', 'MUST'],
    ...handler,
  },
  {
    section: '6.1.3.3.2',
    id: 'custom-header-sent',
    says: 'So every request of the page carries it.',
    accountsFor: [],
    binds: 'client',
    heldBy: [
      tokenHandler('the token handler', 'is sent a form, its cookies, and the header that no other site can send'),
      tokenHandler('the token handler', 'is asked by GET without a form, and with the header all the same'),
      tokenHandlerInChromium('a request without the header is nobody’s, cookie or not, and other origins are sent nothing'),
    ],
  },
  {
    section: '6.1.3.6',
    id: 'proxy',
    says: 'It hands requests on to the hosts and paths of a list, and to no others.',
    accountsFor: ['MUST', 'MUST', 'MUST'],
    ...handler,
  },
  {
    section: '6.2.2.3',
    id: 'downscoping',
    says: 'A page that asks for less gets a token for less.',
    accountsFor: ['SHOULD NOT', 'SHOULD'],
    ...mediator,
  },
  {
    section: '6.2.3.1',
    id: 'confidential-mediator',
    says: 'It is a confidential client, and uses the code flow.',
    accountsFor: ['MUST', 'MUST'],
    ...mediator,
  },
]
