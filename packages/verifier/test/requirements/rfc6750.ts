import type { Specification } from './requirement.js'
import { challengeRequirements } from './rfc6750-challenges.js'
import { bearerSecurityRequirements } from './rfc6750-security.js'
import { adapters, authenticator, credentials } from './test-files.js'

/** The OAuth 2.0 Authorization Framework: Bearer Token Usage, October 2012. */
export const rfc6750: Specification = {
  rfc: 6750,
  sections: {
    '2': { 'MUST NOT': 1 },
    '2.1': { MUST: 1 },
    '2.2': { MUST: 2, 'MUST NOT': 2 },
    '2.3': { MUST: 1 },
    '3': { MUST: 4, 'MUST NOT': 6 },
    '3.1': {},
    '5.2': { MUST: 11, 'MUST NOT': 1 },
    '5.3': { MUST: 4, 'MUST NOT': 1 },
  },
  requirements: [
    {
      section: '2',
      id: 'one-method',
      says: 'A request carries its token in one way alone.',
      accountsFor: ['MUST NOT'],
      binds: 'client',
      because: 'the client sends the request; one with two tokens is refused, even when they are the same',
      heldBy: [
        credentials('the access_token parameter', 'must not come together with a token in the header'),
        credentials('the form parameter', 'must not come together with a token in the header or in the query'),
        credentials('the Authorization header', 'that is repeated is malformed, since a Request joins it'),
        authenticator('authenticate', 'answers 400 to %j'),
      ],
    },
    {
      section: '2.1',
      id: 'authorization-header',
      says: 'An API takes tokens from the Authorization header under the scheme Bearer.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        credentials('the Authorization header', 'carries a bearer token under the scheme %s'),
        adapters('authentication', 'lets a good token in, and exposes its principal'),
      ],
    },
    {
      section: '2.2',
      id: 'form-conditions',
      says: 'A token goes into a body only if that is a form, in one part, of ASCII, and the method is not GET.',
      accountsFor: ['MUST NOT', 'MUST', 'MUST NOT'],
      binds: 'client',
      because: 'the client writes the body; an API that wants forms reads them itself, and hands the parameter over',
      heldBy: [authenticator('authenticate', 'takes a token from the query or a form only when told to')],
    },
    {
      section: '2.2',
      id: 'form-separator',
      says: 'In a form the token is a parameter of its own.',
      accountsFor: ['MUST'],
      binds: 'client',
      because: 'the client writes the body; a value that is more than a token is refused',
      heldBy: [credentials('the form parameter', 'is malformed when it is %s')],
    },
    {
      section: '2.3',
      id: 'query-separator',
      says: 'In a query the token is a parameter of its own.',
      accountsFor: ['MUST'],
      binds: 'client',
      because: 'the client writes the URL; a value that is more than a token is refused',
      heldBy: [credentials('the access_token parameter', 'is malformed with %s')],
    },
    ...challengeRequirements,
    ...bearerSecurityRequirements,
  ],
}
