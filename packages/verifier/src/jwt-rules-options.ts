import type { SigningAlgorithm } from './algorithms.js'
import type { KeysOption } from './key-source.js'
import type { TokenProfile } from './token-profile.js'

/** What the JWT access tokens of one issuer must be like, and where its keys come from. */
export interface JwtRulesOptions {
  /** The issuer, exactly as it stands in its tokens: `iss` is compared character by character. */
  issuer: string
  /** What the tokens for this API have in `aud`; one of several suffices. `null` says, in so many words, that it is not checked. */
  audience: string | readonly string[] | null
  /** Default: every asymmetric algorithm that is supported. A key is used only with those that fit its type, curve and `alg`. */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /**
   * Default: discovered from the metadata of the issuer, which must then be an `https` URL, when the first token comes, and
   * kept. Give what `createRemoteJwks` made to share a cache, to warm it up, to change its times, or to observe it.
   */
  keys?: KeysOption | undefined
  /** `rfc9068` demands `typ: at+jwt` and every claim of RFC 9068 §2.2. Default: `jwt`. */
  profile?: TokenProfile | undefined
  /** How far the clocks of issuer and API may differ, in seconds, from 0 to 300. Default: 0. */
  clockToleranceSeconds?: number | undefined
  /** The largest age of a token by `iat`, in seconds, at least 1, whatever its `exp`. Default: none. */
  maxTokenAgeSeconds?: number | undefined
  /** Claims that must be there, whatever their value. Default: none but those of the profile. */
  requiredClaims?: readonly string[] | undefined
}
