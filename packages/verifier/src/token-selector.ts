/**
 * Selects tokens: one token, those with a `jti`, those of a subject (`sub`), or those of a session (`sid`). `issuer` limits the
 * selection to one issuer, since a `sub` means nothing without its issuer.
 */
export type TokenSelector =
  | { readonly token: string; readonly jti?: never; readonly sub?: never; readonly sid?: never; readonly issuer?: never }
  | { readonly jti: string; readonly token?: never; readonly sub?: never; readonly sid?: never; readonly issuer?: string | undefined }
  | { readonly sub: string; readonly token?: never; readonly jti?: never; readonly sid?: never; readonly issuer?: string | undefined }
  | { readonly sid: string; readonly token?: never; readonly jti?: never; readonly sub?: never; readonly issuer?: string | undefined }
