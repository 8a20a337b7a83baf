import type { Principal } from './principal.js'

/** What a contract makes of a verified token. */
export type ContractReading<Claims> = PrincipalReading<Claims> | BrokenReading

/** The token keeps to the contract. */
export interface PrincipalReading<out Claims> {
  readonly kind: 'principal'
  readonly principal: Principal<Claims>
}

/** The token is genuine, and does not keep to the contract: its issuer is misconfigured. */
export interface BrokenReading {
  readonly kind: 'broken'
  readonly breach: ContractBreach
}

/** How a token breaks the contract. It names claims and never holds their values. */
export interface ContractBreach {
  /** The audience of the contract. */
  readonly contract: string
  /** For operators; never sent to a client. */
  readonly reason: string
  /** The claim that is missing or does not fit the schema; `undefined` if the schema does not say. */
  readonly claim: string | undefined
  /** The scope that requires the claim; `undefined` if the schema does. */
  readonly scope: string | undefined
}
