import { rowOf, type Specification } from './requirement.js'
import { attemptRedirectUri, browserCommand, callbackListener, loginOnLoopback, systemBrowser, toolAtProvider } from './test-files.js'

const server = { binds: 'authorization server', because: 'It is what a server does with registrations and requests.' } as const
const passedOver = callbackListener('passes over a request %s')

/** OAuth 2.0 for Native Apps, October 2017 (BCP 212). */
export const rfc8252: Specification = {
  rfc: 8252,
  sections: {
    '6': { MUST: 2 },
    '7': { MUST: 1 },
    '7.1': { MUST: 1 },
    '7.2': { REQUIRED: 1 },
    '7.3': { MUST: 1 },
    '8.1': {},
    '8.3': {},
    '8.4': { MUST: 3 },
    '8.5': { MUST: 1 },
    '8.9': {},
    '8.10': { REQUIRED: 1, MUST: 2 },
    '8.12': { 'MUST NOT': 1 },
  },
  requirements: [
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
      section: '8.3',
      id: 'open-while-needed',
      says: 'The port is open from the request to the response, and on loopback alone.',
      accountsFor: [],
      binds: 'client',
      heldBy: [
        loginOnLoopback('in the browser', 'logs in, tells the user, and gives the port back'),
        loginOnLoopback('in the browser', 'ends when nobody logs in in time'),
        loginOnLoopback('in the browser', 'ends when its caller does, and gives the port back'),
        callbackListener('gives the port back, whoever is still connected'),
      ],
    },
    {
      section: '8.3',
      id: 'no-localhost',
      says: 'Loopback is named by its address, and not as localhost.',
      accountsFor: [],
      binds: 'client',
      heldBy: [
        rowOf(loginOnLoopback('options', 'refuses the redirect URI %s'), 'http://localhost/callback'),
        rowOf(attemptRedirectUri('has no place for a port in %s'), 'http://localhost/callback'),
      ],
    },
    {
      section: '8.4',
      id: 'registered-as-public',
      says: 'Native apps are registered as public clients, and servers record that.',
      accountsFor: ['MUST', 'MUST'],
      ...server,
    },
    {
      section: '8.4',
      id: 'complete-redirect-uri',
      says: 'The whole redirect URI is registered, and compared; the port of loopback aside.',
      accountsFor: ['MUST'],
      ...server,
      heldBy: [attemptRedirectUri('of %s, %s is none')],
    },
    { section: '8.5', id: 'shared-secret', says: 'A secret that all copies share proves nothing.', accountsFor: ['MUST'], ...server },
    {
      section: '8.9',
      id: 'state',
      says: 'A response without the state of a login that is going on is rejected.',
      accountsFor: [],
      binds: 'client',
      heldBy: [
        rowOf(passedOver, 'without a state'),
        rowOf(passedOver, 'with another state'),
        loginOnLoopback('in the browser', 'is not ended by a page that knocks at the port'),
      ],
    },
    {
      section: '8.10',
      id: 'redirect-uri-per-server',
      says: 'Each server has a redirect URI of its own, and a response that came at another is rejected.',
      accountsFor: ['REQUIRED'],
      binds: 'application',
      because: 'The app registers its redirect URIs. Besides, the iss of a response (RFC 9207) has to be of the server that was asked.',
      heldBy: [loginOnLoopback('in the browser', 'uses nothing that came from another issuer')],
    },
    {
      section: '8.10',
      id: 'received-where-sent',
      says: 'The redirect URI of the request is kept with its state, and is exactly where the response has to come.',
      accountsFor: ['MUST', 'MUST'],
      binds: 'client',
      heldBy: [
        rowOf(passedOver, 'at another path'),
        rowOf(passedOver, 'at a path that would be another host'),
        callbackListener('wants the query of the redirect URI too'),
        callbackListener('passes over the name %s'),
        callbackListener('takes nothing before it is known what to wait for'),
      ],
    },
    {
      section: '8.12',
      id: 'no-embedded-user-agent',
      says: 'The login page is shown by the user’s own browser, never by one in the app.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      heldBy: [
        browserCommand('on %s with %o it is %o'),
        systemBrowser('on Linux', 'hands over the URL as one argument, whatever a shell would make of it'),
      ],
    },
  ],
}
