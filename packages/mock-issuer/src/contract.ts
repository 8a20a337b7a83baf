/**
 * The part of an access-token contract that the issuer keeps to. What `defineContract` of `@bailiwick/guard` returns has
 * this shape; so has any object of your own.
 */
export interface IssuerContract {
  /** The `aud` of the tokens. */
  readonly audience: string
  /** Every scope that may be issued. A name that ends in `*` is a prefix: `payment:*` allows `payment:123`, not `payment:*` itself. */
  readonly scopes: Readonly<Record<string, ContractScope>>
  /** A Standard Schema that the claims of a token must satisfy. It is asked about all claims, the registered ones included. */
  readonly claims?: ClaimsSchema | undefined
}

/** One scope of a contract. */
export interface ContractScope {
  /** Shown on the login page. */
  readonly description?: string | undefined
  /** Claims that a token with this scope must have: neither absent nor `null`. */
  readonly claims?: readonly string[] | undefined
}

/**
 * The part of a Standard Schema that is used here. Only whether the claims pass counts: the issued claims are the ones
 * that were asked for, not the schema's output.
 *
 * @see {@link https://standardschema.dev Standard Schema}
 */
export interface ClaimsSchema {
  readonly '~standard': { readonly validate: (value: unknown) => ClaimsSchemaResult | Promise<ClaimsSchemaResult> }
}

/** What a schema says about the claims: they pass when there are no `issues`. */
export interface ClaimsSchemaResult {
  readonly issues?: readonly ClaimsSchemaIssue[] | undefined
}

/** One reason why the claims do not pass. */
export interface ClaimsSchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}
