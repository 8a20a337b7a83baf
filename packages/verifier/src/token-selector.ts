/**
 * Which tokens are meant, by what they are or hold: one token, those with a `jti`, those of a subject, or those of a session (`sid`).
 * With `issuer`, those of that issuer alone: a `sub` means nothing without its issuer.
 */
export type TokenSelector =
  | { readonly token: string }
  | { readonly jti: string; readonly issuer?: string | undefined }
  | { readonly sub: string; readonly issuer?: string | undefined }
  | { readonly sid: string; readonly issuer?: string | undefined }
