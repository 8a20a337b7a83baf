import type { IssuerUser } from '../../user.js'

/** The name that a user is shown by. */
export function displayName({ sub, name, profile }: IssuerUser): string {
  const profileName = profile?.['name']
  return name ?? (typeof profileName === 'string' ? profileName : sub)
}
