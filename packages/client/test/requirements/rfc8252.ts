import { rowOf, type Specification } from './requirement.js'
import { securityRequirements, securitySections } from './rfc8252-security.js'
import { attemptRedirectUri, browserCommand, callbackListener, loginOnLoopback, systemBrowser, toolAtProvider } from './test-files.js'

const inBrowser = loginOnLoopback('in the browser', 'logs in, tells the user, and gives the port back')
const server = { binds: 'authorization server', because: 'It is what a server does with registrations and requests.' } as const

/** OAuth 2.0 for Native Apps, October 2017 (BCP 212). */
export const rfc8252: Specification = {
  rfc: 8252,
  sections: {
    '5': { MUST: 1 },
    '6': { MUST: 2, RECOMMENDED: 2 },
    '7': { MUST: 1 },
    '7.1': { MUST: 1 },
    '7.2': { REQUIRED: 1, SHOULD: 1 },
    '7.3': { MUST: 1, 'SHOULD NOT': 1, RECOMMENDED: 1 },
    ...securitySections,
  },
  requirements: [
    {
      section: '5',
      id: 'external-user-agent',
      says: 'The request is made in a program of its own, whose pages and cookies the app cannot see.',
      accountsFor: ['MUST'],
      binds: 'client',
      heldBy: [inBrowser, browserCommand('on %s with %o it is %o')],
    },
    {
      section: '6',
      id: 'browser',
      says: 'That is the browser of the user.',
      accountsFor: ['RECOMMENDED'],
      binds: 'client',
      heldBy: [
        browserCommand('on %s with %o it is %o'),
        systemBrowser('on Linux', 'opens a server of this machine'),
        systemBrowser('on Linux', 'hands over the URL as one argument, whatever a shell would make of it'),
      ],
    },
    {
      section: '6',
      id: 'in-app-tabs',
      says: 'Where there are such, it is a tab of the browser within the app.',
      accountsFor: ['RECOMMENDED'],
      binds: 'feature not offered',
      because: 'A command line tool has no window to show it in.',
    },
    {
      section: '6',
      id: 'pkce',
      says: 'A public client uses PKCE, and servers support it.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'client',
      heldBy: [toolAtProvider('%s', 'logs in at a port that the server was never told of, asks who it is, and refreshes')],
    },
    { section: '7', id: 'three-ways', says: 'A server offers all three kinds of redirect URIs.', accountsFor: ['MUST'], ...server },
    {
      section: '7.1',
      id: 'reverse-domain',
      says: 'A scheme of an app’s own is a domain of its maker in reverse.',
      accountsFor: ['MUST'],
      binds: 'application',
      because: 'The app chooses its redirect URI; what has no dot in it is refused, and a tool on loopback takes none.',
      heldBy: [rowOf(loginOnLoopback('options', 'refuses the redirect URI %s'), 'com.example.shop:/callback')],
    },
    { section: '7.2', id: 'client-type', says: 'The type of a client is recorded.', accountsFor: ['REQUIRED'], ...server },
    {
      section: '7.2',
      id: 'claimed-https',
      says: 'An app that can claim an https URL does.',
      accountsFor: ['SHOULD'],
      binds: 'feature not offered',
      because: 'A command line tool cannot: no system leads a URL to it.',
    },
    {
      section: '7.3',
      id: 'any-port',
      says: 'On loopback any port is allowed.',
      accountsFor: ['MUST'],
      ...server,
      heldBy: [
        toolAtProvider('%s', 'logs in at a port that the server was never told of, asks who it is, and refreshes'),
        attemptRedirectUri('puts the port of the attempt into %s'),
      ],
    },
    {
      section: '7.3',
      id: 'both-protocols',
      says: 'Neither IPv4 nor IPv6 is taken for granted: what is there is used.',
      accountsFor: ['SHOULD NOT', 'RECOMMENDED'],
      binds: 'client',
      onlyWith: 'IPv6',
      heldBy: [callbackListener('listens on the address of the redirect URI, also by IPv6')],
      except: 'The app says which by its redirect URI, as it is registered. The other is not tried where that is missing.',
    },
    ...securityRequirements,
  ],
}
