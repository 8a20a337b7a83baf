import { isJsonObject } from '@bailiwick/protocol'
import type { UserInfo } from '../user-info.js'

const texts = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
]
const isOfType: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ...texts.map((name) => [name, (value: unknown) => typeof value === 'string'] as const),
  ['email_verified', (value) => typeof value === 'boolean'],
  ['phone_number_verified', (value) => typeof value === 'boolean'],
  ['updated_at', (value) => typeof value === 'number'],
  ['address', isJsonObject],
])

/**
 * Leaves out the standard claims that are of another type than they have to be, such as `null`, or `"true"` for a boolean: whoever reads one can rely on its type.
 * `sub` has been checked.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims OpenID Connect Core §5.1}
 */
export function readStandardClaims(claims: { readonly sub: string; readonly [claim: string]: unknown }): UserInfo {
  const entries = Object.entries(claims).filter(([name, value]) => isOfType.get(name)?.(value) ?? true)
  return { ...Object.fromEntries(entries), sub: claims.sub }
}
