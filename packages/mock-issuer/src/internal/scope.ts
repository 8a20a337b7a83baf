// RFC 6749 §3.3: a scope token is printable ASCII without the space, the quote and the backslash.
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Reads a `scope` value; `undefined` if it is not what RFC 6749 §3.3 calls a scope. Repeated names count once. */
export function parseScope(value: string): readonly string[] | undefined {
  const names = value.split(' ')
  return names.every((name) => scopeToken.test(name)) ? [...new Set(names)] : undefined
}

/** The scopes that every OpenID provider knows; no contract needs to list them. */
export const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access']
