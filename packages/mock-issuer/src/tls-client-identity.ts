/**
 * How the certificate of a client with `tls_client_auth` is told from others of the same authority: by one of these, which are the
 * `tls_client_auth_*` metadata of RFC 8705 §2.1.2.
 *
 * - `subjectDn`: the whole subject, as RFC 4514 writes it: `CN=orders-job,O=Example,C=US`. Attribute types by their usual short names
 *   and in any case, values and order exactly.
 * - `sanDns`, `sanUri`, `sanIp`, `sanEmail`: one of the subject's alternative names. A name of a host stands for no other, and a
 *   wildcard for none.
 */
export type TlsClientIdentity =
  | { readonly subjectDn: string }
  | { readonly sanDns: string }
  | { readonly sanUri: string }
  | { readonly sanIp: string }
  | { readonly sanEmail: string }
