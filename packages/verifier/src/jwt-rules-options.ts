import type { SigningAlgorithm } from './algorithms.js'
import type { KeysOption } from './key-source.js'
import type { TokenProfile } from './token-profile.js'

/** The rules for the JWT access tokens of one issuer, and the source of its keys. */
export interface JwtRulesOptions {
  /** The issuer. The `iss` of a token must equal it, character by character. */
  issuer: string
  /** The `aud` of tokens for this API; of a list, one match suffices. `null` turns the check off explicitly. */
  audience: string | readonly string[] | null
  /**
   * The accepted signature algorithms. A key is used only with those that fit its type, curve and `alg`. Default: every
   * supported one. All are asymmetric.
   */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /**
   * The source of the keys. Give the result of `createRemoteJwks` to share a cache, warm it up, change its times or observe it.
   * Default: discovered from the metadata of the issuer with the first token, and cached; the issuer must then be an `https`
   * URL.
   */
  keys?: KeysOption | undefined
  /** `rfc9068` requires `typ: at+jwt` and every claim of RFC 9068 §2.2. Default: `jwt`. */
  profile?: TokenProfile | undefined
  /**
   * How far the clocks of issuer and API may differ, in seconds, from 0 to 300. DPoP proofs have a tolerance of their own
   * (`DpopOptions.clockToleranceSeconds`). Default: 0.
   */
  clockToleranceSeconds?: number | undefined
  /** The maximum age of a token by its `iat`, in seconds, at least 1, whatever its `exp`. Default: no maximum. */
  maxTokenAgeSeconds?: number | undefined
  /** Claims that must be present, with any value. Default: none besides those of the profile. */
  requiredClaims?: readonly string[] | undefined
}
