import { ConfigurationError, type Store } from '@bailiwick/protocol'
import type { Client } from '../../client.js'
import type { TokenSourceGrant } from '../../token-source-grant.js'
import type { TokenSourceOptions } from '../../token-source-options.js'
import { requireKnownOptions } from '../known-options.js'
import { within } from '../number-option.js'
import { requireScope } from '../scope-option.js'
import type { TokenLifePolicy } from './token-life.js'

/** The options, checked, with their defaults. */
export interface TokenSourceSettings<Claims> extends Pick<TokenSourceOptions<Claims>, 'client' | 'grant' | 'store' | 'onEvent'> {
  readonly policy: TokenLifePolicy
  readonly now: () => number
}

const known = ['client', 'grant', 'store', 'refreshAheadSeconds', 'assumedLifetimeSeconds', 'onEvent', 'now']
const requestMembers = ['type', 'scope', 'resource', 'audience', 'authorizationDetails', 'parameters']
const grantMembers: Readonly<Record<string, readonly string[]>> = {
  client_credentials: requestMembers,
  jwt_bearer: [...requestMembers, 'assertion', 'subject'],
  refresh_token: [...requestMembers, 'tokens', 'onTokens'],
}

/** Checks the options of a token source. @throws {ConfigurationError} naming the option and the fix */
export function readTokenSourceOptions<Claims>(options: TokenSourceOptions<Claims>): TokenSourceSettings<Claims> {
  requireKnownOptions(options, known)
  const { client, grant, store, onEvent, now = Date.now, refreshAheadSeconds, assumedLifetimeSeconds = 300 } = options
  requireGrant(client, grant, store)
  return {
    client,
    grant,
    store,
    onEvent,
    now,
    policy: {
      refreshAheadMs: refreshAheadSeconds === undefined ? undefined : 1000 * within('refreshAheadSeconds', refreshAheadSeconds, 0, 86_400),
      assumedLifetimeMs: 1000 * within('assumedLifetimeSeconds', assumedLifetimeSeconds, 1, 86_400),
    },
  }
}

function requireGrant<Claims>(client: Client<Claims>, grant: TokenSourceGrant<Claims>, store: Store | undefined): void {
  const members = Object.hasOwn(grantMembers, grant.type) ? grantMembers[grant.type] : undefined
  if (members === undefined) throw new ConfigurationError(`grant.type must be one of ${Object.keys(grantMembers).join(', ')}.`)
  const stranger = Object.keys(grant).find((name) => !members.includes(name))
  if (stranger !== undefined)
    throw new ConfigurationError(`grant.${stranger} is not known of ${grant.type}: there are ${members.join(', ')}.`)
  if (grant.scope !== undefined) requireScope(grant.scope)
  if (grant.type === 'jwt_bearer') {
    if (typeof grant.assertion !== 'function') throw new ConfigurationError('grant.assertion must be a function that makes an assertion.')
    if (store !== undefined && grant.subject === undefined) {
      throw new ConfigurationError(
        'grant.subject is missing: with a store, say whose access the assertion is for, so that nobody gets that of another.',
      )
    }
  }
  if (grant.type === 'refresh_token') {
    if (store !== undefined)
      throw new ConfigurationError("store is for machines: the tokens of a user's session are kept by grant.onTokens.")
    if (grant.tokens?.issuer !== client.issuer || grant.tokens.clientId !== client.clientId) {
      throw new ConfigurationError(
        'grant.tokens are missing, or of another issuer or client than client is: give those of a login, or of client.parseTokenSet.',
      )
    }
  }
}
