import { type Requirement, rowOf, testsOf } from './requirement.js'
import {
  adapters,
  authenticator,
  authorizer,
  challenge,
  nativeFlow,
  refusalWriter,
  scopeGuard,
  serverOptions,
  stepUpGuard,
} from './test-files.js'

const scopes = testsOf('packages/protocol/src/scope.test.ts')

const plainChallenge = authenticator('authenticate', 'challenges without an error where there is no token: %s')
const badToken = authenticator('authenticate', "answers 401 to a token that the verifier rejects, and keeps the verifier's words to itself")
const malformed = authenticator('authenticate', 'answers 400 to %j')
const tooLittleScope = authorizer('authorize', 'answers 403 with the scopes of the operation to a token that lacks one')
const stepUp = stepUpGuard('together', 'they are answered with 401 and the challenge of RFC 9470')

/** RFC 6750 §3: what a challenge is like. */
export const challengeRequirements: readonly Requirement[] = [
  {
    section: '3',
    id: 'challenge-present',
    says: 'Whoever comes without a token, or with one that does not do, is answered with WWW-Authenticate.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      plainChallenge,
      badToken,
      tooLittleScope,
      stepUp,
      authorizer('authorize', 'answers 403 to %s without naming it'),
      authenticator('authenticate', 'answers 403 to a token that breaks the contract, without saying how'),
      refusalWriter('a refusal', 'has a challenge, unless it does not judge the token'),
      adapters('authorisation', "answers 403 to a request for someone else's account, with a challenge that has no error"),
      adapters('authentication', 'answers 401 without an error to a request without a token, and does not enter the handler'),
      adapters('authentication', 'answers 401 invalid_token to an expired one'),
      nativeFlow('methods', 'does not let %s past a guarded router without a token'),
    ],
  },
  {
    section: '3',
    id: 'challenge-scheme',
    says: 'A challenge names the scheme Bearer.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [plainChallenge, malformed, badToken, tooLittleScope],
  },
  {
    section: '3',
    id: 'challenge-parameters',
    says: 'A challenge has one parameter at least.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      plainChallenge,
      serverOptions('set the realm, with quotes escaped'),
      rowOf(serverOptions('the options', 'are checked: %j'), 'realm must be printable ASCII'),
    ],
  },
  {
    section: '3',
    id: 'realm-once',
    says: 'realm occurs once at most.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [plainChallenge, challenge('formatChallenge', 'is read back by parseChallenge as it was')],
  },
  {
    section: '3',
    id: 'scope-once',
    says: 'scope occurs once at most, whatever the number of scopes.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      tooLittleScope,
      adapters('authorisation', 'answers 403 insufficient_scope with just the scopes that the operation needs'),
      challenge('formatChallenge', 'is read back by parseChallenge as it was'),
    ],
  },
  {
    section: '3',
    id: 'error-once',
    says: 'error, error_description and error_uri occur once at most.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [malformed, badToken, tooLittleScope, stepUp],
  },
  {
    section: '3',
    id: 'scope-characters',
    says: 'scope has characters of scopes and single spaces alone.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [
      tooLittleScope,
      scopeGuard('scope', 'needs at least one name, and names that can be scopes'),
      scopeGuard('equalsParam of a prefix scope', 'lists nothing for the value %j, which makes no scope to ask for'),
      scopes('formatScope', 'refuses %j, naming it'),
    ],
  },
  {
    section: '3',
    id: 'error-characters',
    says: 'error and error_description have printable ASCII without quotes and backslashes.',
    accountsFor: ['MUST NOT'],
    binds: 'resource server',
    heldBy: [malformed, badToken, tooLittleScope, stepUp],
  },
  {
    section: '3',
    id: 'error-uri',
    says: 'error_uri is a URI reference, of the characters that one can have.',
    accountsFor: ['MUST', 'MUST NOT'],
    binds: 'feature not offered',
    because: 'no challenge has an error_uri; the challenges are compared whole',
    heldBy: [malformed, badToken, tooLittleScope, stepUp],
  },
]
