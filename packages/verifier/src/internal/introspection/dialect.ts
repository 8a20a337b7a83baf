import type { IntrospectionVerifierSettings } from './introspection-settings.js'
import { createJsonDialect } from './json-dialect.js'
import { createPhantomDialect } from './phantom-dialect.js'
import { createSignedDialect } from './signed-dialect.js'
import type { Dialect } from './statement.js'

/** The response format of the configured server. */
export function createDialect({ response, rules, client }: IntrospectionVerifierSettings): Dialect {
  if (response === 'signed') return createSignedDialect({ ...rules, clientId: client.clientId })
  return response === 'phantom' ? createPhantomDialect(rules) : createJsonDialect(rules)
}
