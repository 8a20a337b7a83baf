import { rowOf, type Specification } from './requirement.js'
import {
  attemptRedirectUri,
  browserCommand,
  callback,
  callbackListener,
  foreignCallback,
  loginOnLoopback,
  startLogin,
  systemBrowser,
} from './test-files.js'

const server = { binds: 'authorization server', because: 'It is what a server does with registrations and requests.' } as const
const inBrowser = loginOnLoopback('in the browser', 'logs in, tells the user, and gives the port back')
const passedOver = callbackListener('passes over a request %s')

/** The security considerations of RFC 8252 (§8), and what its appendix says of systems. */
export const securitySections: Specification['sections'] = {
  '8.1': { SHOULD: 1 },
  '8.2': { 'NOT RECOMMENDED': 1 },
  '8.3': { 'NOT RECOMMENDED': 1 },
  '8.4': { MUST: 3, SHOULD: 2 },
  '8.5': { MUST: 1, 'NOT RECOMMENDED': 1 },
  '8.6': { SHOULD: 1, 'SHOULD NOT': 1 },
  '8.9': { RECOMMENDED: 1 },
  '8.10': { REQUIRED: 1, MUST: 2 },
  '8.12': { 'MUST NOT': 1 },
  'B.3': { SHOULD: 1 },
}

/** Their demands, with the tests that hold them. */
export const securityRequirements: Specification['requirements'] = [
  {
    section: '8.1',
    id: 'reject-without-pkce',
    says: 'Servers reject the requests of native apps that are without PKCE.',
    accountsFor: ['SHOULD'],
    ...server,
  },
  {
    section: '8.2',
    id: 'no-implicit-in-apps',
    says: 'Native apps do not use the implicit flow.',
    accountsFor: ['NOT RECOMMENDED'],
    binds: 'client',
    heldBy: [
      rowOf(startLogin('what cannot work is refused before anything is sent', 'the parameter %s by the back door'), 'response_type'),
      rowOf(callback('what is no response to a code flow', '%s is refused'), 'a token of the implicit flow'),
    ],
  },
  {
    section: '8.3',
    id: 'open-while-needed',
    says: 'The port is open from the request to the response, and on loopback alone.',
    accountsFor: [],
    binds: 'client',
    heldBy: [
      inBrowser,
      loginOnLoopback('in the browser', 'ends when nobody logs in in time'),
      loginOnLoopback('in the browser', 'ends when its caller does, and gives the port back'),
      callbackListener('gives the port back, whoever is still connected'),
      callbackListener('is at its own address alone'),
    ],
  },
  {
    section: '8.3',
    id: 'no-localhost',
    says: 'Loopback is named by its address, and not as localhost.',
    accountsFor: ['NOT RECOMMENDED'],
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
  {
    section: '8.4',
    id: 'scheme-with-a-dot',
    says: 'Servers refuse schemes of an app’s own that are no domain in reverse, or have no dot at all.',
    accountsFor: ['SHOULD', 'SHOULD'],
    ...server,
  },
  {
    section: '8.5',
    id: 'shared-secret',
    says: 'A secret that all copies share proves nothing, and is not asked for.',
    accountsFor: ['MUST', 'NOT RECOMMENDED'],
    ...server,
  },
  {
    section: '8.6',
    id: 'impersonation-of-app',
    says: 'Without its user nothing is granted to an app that cannot prove who it is, though it was granted before.',
    accountsFor: ['SHOULD NOT', 'SHOULD'],
    ...server,
  },
  {
    section: '8.9',
    id: 'state',
    says: 'A response without the state of a login that is going on is rejected.',
    accountsFor: ['RECOMMENDED'],
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
      rowOf(
        foreignCallback('a transaction that is not of this client', 'is rejected with %s, and nothing is sent'),
        'another redirect URI',
      ),
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
  {
    section: 'B.3',
    id: 'exclusive-port',
    says: 'On Windows no other app can listen on the same port.',
    accountsFor: ['SHOULD'],
    binds: 'deployment',
    because: 'Node opens the socket, and has no option for it. The state keeps a response that another app has got from being of use here.',
  },
]
