import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import { createClaimsExaminer } from './internal/introspection/claims-examiner.js'
import { createClientAuthentication } from './internal/introspection/client-authentication.js'
import { locateIntrospectionEndpoint } from './internal/introspection/introspection-endpoint.js'
import { createIntrospectionRequest } from './internal/introspection/introspection-request.js'
import { resolveIntrospectionOptions } from './internal/introspection/introspection-settings.js'
import { createJsonDialect } from './internal/introspection/json-dialect.js'
import { checkTokenForm } from './internal/introspection/token-form.js'
import { createRevocationCheck } from './internal/revocation-check.js'
import { createSenderCheck } from './internal/sender/sender-check.js'
import type { Verdict } from './internal/verdict-cache.js'
import { createVerify } from './internal/verify-presented.js'
import type { IntrospectionVerifierOptions } from './introspection-options.js'
import type { TokenSelector } from './token-selector.js'

/** Verifies access tokens by asking the authorization server; see `createIntrospectionVerifier`. */
export interface IntrospectionVerifier extends AccessTokenVerifier {
  verify: AccessTokenVerifier['verify']
  confirm(token: string): Promise<VerifiedAccessToken>
  evict(selector: TokenSelector): Promise<void>
  readonly issuers: readonly [string]
}

export function createIntrospectionVerifier(options: IntrospectionVerifierOptions): IntrospectionVerifier {
  const settings = resolveIntrospectionOptions(options)
  const { rules, client } = settings
  const { issuer, now } = rules
  const { endpoint, fetch } = options
  const sender = createSenderCheck(options.senderConstraint, rules)
  const usesMtls = client.authentication.method.endsWith('tls_client_auth')
  const dialect = createJsonDialect(rules)
  const request = createIntrospectionRequest({
    ...settings,
    fetch,
    accept: dialect.accept,
    locate: locateIntrospectionEndpoint({ ...settings, issuer, endpoint, usesMtls, fetch, now }),
    authenticate: createClientAuthentication({ ...client, issuer, now }),
  })
  const examineClaims = createClaimsExaminer(rules)
  const verify = createVerify({ examine: ask, checkRevocation: createRevocationCheck(options.revocation), sender })

  return {
    verify,
    confirm: async (token) => (await ask(token)).accessToken,
    evict: async () => {},
    issuers: Object.freeze([issuer] as const),
    senderConstraint: sender.support,
  }

  async function ask(token: string): Promise<Verdict> {
    checkTokenForm(token, settings.maxTokenBytes)
    const statement = await dialect.read(await request(token))
    if (!statement.active) throw new AccessTokenError('token_inactive')
    if ('jwt' in statement) throw new AccessTokenError('introspection_unavailable')
    return examineClaims(statement.claims, now() / 1000 + 60)
  }
}
