/**
 * Which tokens are meant, by what they are or hold: one token, those with a `jti`, those of a subject, or those of a session (`sid`).
 * With `issuer`, those of that issuer alone: a `sub` means nothing without its issuer.
 */
export type TokenSelector =
  | { readonly token: string; readonly jti?: never; readonly sub?: never; readonly sid?: never; readonly issuer?: never }
  | { readonly jti: string; readonly token?: never; readonly sub?: never; readonly sid?: never; readonly issuer?: string | undefined }
  | { readonly sub: string; readonly token?: never; readonly jti?: never; readonly sid?: never; readonly issuer?: string | undefined }
  | { readonly sid: string; readonly token?: never; readonly jti?: never; readonly sub?: never; readonly issuer?: string | undefined }
