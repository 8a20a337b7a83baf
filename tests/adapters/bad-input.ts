import { badAlgorithms } from './bad-algorithms.js'
import { badAuthorization } from './bad-authorization.js'
import { badClaims } from './bad-claims.js'
import type { BadInput } from './bad-input-case.js'
import { badJwks } from './bad-jwks.js'
import { badKeys } from './bad-keys.js'
import { badTokens } from './bad-tokens.js'

/** Everything that must not crash an API, leak out of it, or turn an outage into a bad token; see `bad-input.test.ts`. */
export const badInputs: readonly BadInput[] = [...badAuthorization, ...badTokens, ...badAlgorithms, ...badKeys, ...badClaims, ...badJwks]
