import type { RequestListener } from 'node:http'

/** The issuer whose tokens an API accepts. */
export interface IssuerSettings {
  issuer: string
  jwksUri: string
  audience: string
  /** How long keys are cached, in milliseconds. Default: that of the library. */
  cacheTtlMs?: number
}

/**
 * The routes that an API may have besides `/orders`, which accepts any good token. A missing one is a feature that the library
 * lacks:
 * - `/scoped` needs the scope `orders_read`
 * - `/claimed` needs the claim `account_nr` with the value `42`
 * - `/optional` accepts requests without a token, and answers `{ sub }`, with `null` for an anonymous request
 */
export type Feature = '/scoped' | '/claimed' | '/optional'

/** One way to protect an API, as its documentation shows it. */
export interface Api {
  /** The heading of its column. */
  name: string
  /** The packages whose versions are reported. */
  packages: readonly string[]
  /** The options in use, under the library's own names; everything else is at its default. */
  options: string
  /** Options that are off by default and would change a cell of the table. */
  switches?: string
  lacks: readonly Feature[]
  /** Why `cacheTtlMs` has no effect; absent where it has. */
  withoutCacheTtl?: 'no cache' | 'no time limit'
  create(settings: IssuerSettings): RequestListener
}
