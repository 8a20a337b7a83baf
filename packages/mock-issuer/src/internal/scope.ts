// RFC 6749 §3.3: a scope token is printable ASCII without the space, the quote and the backslash.
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Reads a `scope` value; `undefined` if it is not what RFC 6749 §3.3 calls a scope. Repeated names count once. */
export function parseScope(value: string): readonly string[] | undefined {
  const names = value.split(' ')
  return names.every((name) => scopeToken.test(name)) ? [...new Set(names)] : undefined
}

/** Whether `granted` is what `declared` allows: the same name, or for a prefix such as `payment:*` a value after it, which has no star itself. */
export function allowsScope(declared: string, granted: string): boolean {
  if (!declared.endsWith('*')) return declared === granted
  const prefix = declared.slice(0, -1)
  return granted.length > prefix.length && granted.startsWith(prefix) && !granted.includes('*')
}

/** The scopes that every OpenID provider knows; no contract needs to list them. */
export const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access']
