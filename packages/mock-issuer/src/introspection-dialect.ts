/**
 * What a client can be answered by introspection, each by its name. Without one, the client's `Accept` header decides between `json`,
 * `jwt` and `phantom`.
 */
export const introspectionDialects = {
  json: 'The JSON of RFC 7662, whatever is accepted.',
  jwt: 'A signed response as of RFC 9701, whatever is accepted.',
  phantom: 'The JWT that belongs to the token, as application/jwt; 204 for a token that is not active.',
  'json-with-phantom-token': 'JSON with the JWT that belongs to the token in the member phantom_token.',
  'json-with-jwt': 'JSON with the JWT that belongs to the token in the member jwt.',
} as const satisfies Record<string, string>

/** The name of a dialect of introspection. */
export type IntrospectionDialect = keyof typeof introspectionDialects
