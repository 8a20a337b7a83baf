import { hasContentType } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { JwsHeader } from '../../jws-header.js'
import { checkAudience } from '../checks/audience.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { checkIssuer } from '../checks/issuer.js'
import { checkTimes, readTimes } from '../checks/lifetime.js'
import { parseJsonObject } from '../json-object.js'
import type { JwtRules } from '../jwt-examiner.js'
import { openCompactJws } from '../open-compact-jws.js'
import { quote } from '../quote.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { claimsIn, readJsonStatement } from './json-statement.js'
import { refuseContentType, refuseStatus } from './response-form.js'
import type { Dialect, Statement } from './statement.js'

export type SignedDialectRules = Pick<JwtRules, 'issuer' | 'algorithms' | 'keys' | 'maxTokenBytes' | 'clockToleranceSeconds' | 'now'> & {
  readonly clientId: string
  readonly audience: readonly string[] | null
}

const contentType = 'application/token-introspection+jwt'
/** How far `iat` may be from now, and `nbf` ahead, in seconds, before the tolerance: a response is read right after it was made. */
const maxAgeSeconds = 60
const maxDepth = 33

/**
 * Signed responses: status 200, the content type and `typ` of one, a signature by a key of the issuer, its `iss`, `aud` and
 * `iat`, its `exp` and `nbf` if present, and the answer in `token_introspection`. Claims beside it are ignored.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9701#section-5 RFC 9701 §5} and §8.1 (confusion with other JWTs)
 */
export function createSignedDialect(rules: SignedDialectRules): Dialect {
  const { issuer, clientId, algorithms, keys, maxTokenBytes, clockToleranceSeconds, now } = rules
  // RFC 9701 §5 requires `aud` to identify this API, but does not say by which name.
  const audience = [clientId, ...(rules.audience ?? [])]

  return {
    accept: contentType,
    async read(response) {
      if (response.status !== 200) refuseStatus(response, now())
      if (!hasContentType(response.headers, contentType)) {
        refuseContentType(response, contentType, ': have it sign introspection responses for this client')
      }
      return readClaims(await open(response.text))
    },
  }

  async function open(jwt: string): Promise<Claims> {
    try {
      const { encodedPayload } = await openCompactJws(jwt, { algorithms, keys, maxTokenBytes, checkHeader: checkType })
      const claims = parseJsonObject(encodedPayload, maxDepth, 'claims_malformed')
      checkIssuer(claims, issuer)
      checkAudience(claims, audience)
      checkResponseTimes(claims)
      return claims
    } catch (cause) {
      if (cause instanceof AccessTokenError && cause.outcome === 'unavailable') throw cause
      throw introspectionUnavailable(`the signed response is not accepted: ${cause instanceof Error ? cause.message : ''}`, { cause })
    }
  }

  function checkResponseTimes(claims: Claims): void {
    const { exp = Infinity, nbf = 0, iat } = readTimes(claims)
    const nowSeconds = now() / 1000
    if (iat === undefined) throw new AccessTokenError('claim_missing', { detail: 'iat' })
    if (!(Math.abs(nowSeconds - iat) <= maxAgeSeconds + clockToleranceSeconds)) {
      throw new AccessTokenError('claim_invalid', { detail: `iat is ${Math.round(iat - nowSeconds)} s from now` })
    }
    checkTimes({ exp, nbf: nbf - maxAgeSeconds, iat }, nowSeconds, { clockToleranceSeconds, maxTokenAgeSeconds: undefined })
  }
}

function readClaims(claims: Claims): Statement {
  const { active, members } = readJsonStatement(claimOf(claims, 'token_introspection'), 'token_introspection')
  return active ? { active, claims: claimsIn(members) } : { active }
}

/** An access token, an ID token or any other JWT of the issuer is not an introspection response. */
function checkType({ typ }: JwsHeader): void {
  if (typeof typ === 'string' && /^(?:application\/)?token-introspection\+jwt$/i.test(typ)) return
  throw new AccessTokenError('token_type_rejected', { detail: `the typ of the response is ${quote(typ)}` })
}
