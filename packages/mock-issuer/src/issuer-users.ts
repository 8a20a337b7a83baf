import type { IssuerUser } from './user.js'

/** What can be changed of a user while the issuer runs: all but the `sub`. Each member is replaced as a whole, and left out it stays. */
export type IssuerUserChanges = Partial<Omit<IssuerUser, 'sub'>>

/** The configured users of an issuer. None of its functions needs `this`. */
export interface IssuerUsers {
  /** In the order of the configuration. */
  list(): readonly IssuerUser[]
  /** The configured user with this `sub`. Somebody who logged in by typing a name is none. */
  find(sub: string): IssuerUser | undefined
  /**
   * Changes a user. Every token that is minted from now on has the new claims, those that come of a refresh included; tokens that were
   * issued before stay as they are. The contract is checked when a token is minted, not here.
   *
   * @returns the user as it is now
   * @throws {MockIssuerError} `unknown_user`; or `invalid_option` for `claims` or a `profile` that are no object
   */
  update(sub: string, changes: IssuerUserChanges): IssuerUser
}
