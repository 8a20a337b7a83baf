import type { IssuerUsers } from '../issuer-users.js'
import { MockIssuerError } from '../mock-issuer-error.js'
import type { IssuerUser } from '../user.js'

/**
 * The users of one issuer. A user is one object for as long as the issuer lives, and is changed in place: a grant that points to it has
 * the user as it is now, and so has the token of its next refresh.
 *
 * @param configured the users of the configuration; they are copied
 * @param before the users before a change of the configuration: who is in both stays the same object, with what is configured now
 */
export function createLiveUsers(configured: readonly IssuerUser[], before?: IssuerUsers): IssuerUsers {
  const users = new Map<string, IssuerUser>()
  for (const user of configured) {
    const live: IssuerUser = before?.find(user.sub) ?? { sub: user.sub }
    const gone = Object.keys(live).filter((member) => !Object.hasOwn(user, member))
    users.set(user.sub, Object.assign(live, Object.fromEntries(gone.map((member) => [member, undefined])), user))
  }
  const list = [...users.values()]
  return {
    list: () => list,
    find: (sub) => users.get(sub),
    update(sub, changes) {
      const user = users.get(sub)
      if (user === undefined) {
        throw new MockIssuerError('unknown_user', `There is no configured user "${sub}"; there are ${[...users.keys()].join(', ')}.`)
      }
      checkObject('claims', changes.claims)
      checkObject('profile', changes.profile)
      const given = Object.entries(changes).filter(([member, value]) => member !== 'sub' && value !== undefined)
      return Object.assign(user, Object.fromEntries(given))
    },
  }
}

function checkObject(member: string, value: unknown): void {
  if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) return
  throw new MockIssuerError('invalid_option', `The "${member}" of a user must be an object of claims.`)
}
