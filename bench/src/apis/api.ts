import type { RequestListener } from 'node:http'

/** What an API is told of the issuer whose tokens it accepts. */
export interface IssuerSettings {
  issuer: string
  jwksUri: string
  audience: string
  /** How long keys are kept, in milliseconds. When absent, the default of the library is left as it is. */
  cacheTtlMs?: number
}

/**
 * The routes that an API may offer beyond `/orders`, which takes any good token. One that is missing is a feature that
 * the library does not have:
 * - `/scoped` needs the scope `orders_read`
 * - `/claimed` needs the claim `account_nr` with the value `42`
 * - `/optional` takes requests without a token, and answers `{ sub }`, `null` for an anonymous one
 */
export type Feature = '/scoped' | '/claimed' | '/optional'

/** One way to protect an API, as its documentation shows it. */
export interface Api {
  /** The head of its column. */
  name: string
  /** The packages whose versions are quoted. */
  packages: readonly string[]
  /** The options that were used, in the words of the library; everything else is at its default. */
  options: string
  /** Options that would change a cell of the table, and are off by default. */
  switches?: string
  lacks: readonly Feature[]
  /** Why `cacheTtlMs` cannot be honoured; absent where it can. */
  withoutCacheTtl?: 'no cache' | 'no time limit'
  create(settings: IssuerSettings): RequestListener
}
