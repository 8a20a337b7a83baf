import * as z from 'zod/mini'
import { accessTokenFormats } from '../../access-token-format.js'
import type { ClaimsProvider } from '../../claims-provider.js'
import { laxities } from '../../laxity.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { clientSchema } from './client-schema.js'
import { contractSchema, programContractSchema } from './contract-schema.js'
import { faultSchema } from './fault-schema.js'
import { duration, flag, headers, jwks, oneOf, option, required, strictObject, text, textOrTexts, texts } from './schema-parts.js'
import { userSchema } from './user-schema.js'

const authenticationLevel = strictObject({
  acr: required(text, 'The acr of the tokens, and what acr_values names it by.'),
  name: option(text, 'Shown on the login page.'),
  amr: option(texts, 'The amr of the tokens.'),
})

/** The options of `createMockIssuer` that can be written down, and the faults that are there from the start. */
export const issuerOptions = {
  issuer: option(text, "The issuer's name, exactly: an http or https URL. Default: the URL that it listens on, with its path."),
  contract: option(contractSchema, 'What access tokens must keep to. Default: none.'),
  algorithm: option(oneOf(signingAlgorithms), 'What tokens are signed with. Default: ES256.'),
  audience: option(textOrTexts, "The aud of access tokens. Default: the contract's, or api."),
  clients: option(z.array(clientSchema), 'The registered clients. Default: app (public) and service (confidential).'),
  users: option(z.array(userSchema), 'Who can log in by a click. Default: john and jane.'),
  accessTokenTtlSeconds: option(duration, 'How long access tokens live. Default: 300.'),
  refreshTokenTtlSeconds: option(duration, 'How long a refresh token can be used. Default: 86400.'),
  jwksMaxAgeSeconds: option(duration, 'The max-age of the JWKS. Default: 300.'),
  dpop: option(
    strictObject({ nonce: option(oneOf(['optional', 'required']), 'Whether a proof must carry a nonce. Default: optional.') }),
    'How DPoP proofs are taken.',
  ),
  sessionTtlSeconds: option(duration, 'How long a browser stays logged in. Default: 28800.'),
  acrValues: option(
    z.array(z.union([z.string(), authenticationLevel], { error: 'must be a name or an object with an acr' })),
    'The ways of logging in that a client can ask for, the weakest first.',
  ),
  autoLogin: option(text, 'The user who is logged in without a page, where no login_hint is of another configured one. Default: none.'),
  backchannelLogoutTimeoutMs: option(duration, 'How long a client may take to answer a back-channel logout. Default: 5000.'),
  refreshTokenRotation: option(oneOf(['always', 'never']), 'Whether a refresh gives a new refresh token. Default: always.'),
  pollingIntervalSeconds: option(duration, 'How long a client has to wait between two polls. Default: 5.'),
  trustedIssuers: option(
    z.array(
      strictObject({
        issuer: required(text, 'The iss of its JWTs, exactly.'),
        jwks: required(jwks, 'Its public keys. Nothing is fetched.'),
      }),
    ),
    'Issuers whose JWTs are taken by the jwt-bearer grant and by token exchange. Default: none.',
  ),
  requirePushedAuthorizationRequests: option(flag, 'Whether every authorization request must be pushed (RFC 9126). Default: false.'),
  resources: option(texts, 'What clients may name as a resource (RFC 8707). Default: the URIs of the audience.'),
  authorizationDetailsTypes: option(texts, 'The types that clients may ask for in authorization_details (RFC 9396). Default: none.'),
  initialAccessToken: option(text, 'The token that a registration of a client must present. Default: none, so anyone can register.'),
  accessTokenFormat: option(oneOf(accessTokenFormats), 'The form of access tokens. Default: jwt.'),
  splitTokens: option(
    strictObject({
      publishTo: required(text, 'An http or https URL, posted a form for each split token.'),
      clientId: option(text, "The client_id of the publication. Default: the token's own."),
      headers: option(headers, 'Headers of the publication.'),
      timeoutMs: option(duration, 'How long a publication may take. Default: 2000.'),
    }),
    'Where split tokens are published.',
  ),
  claimsTimeoutMs: option(duration, 'How long the claims function of a module may take. Default: 5000.'),
  lax: option(z.array(oneOf(Object.keys(laxities) as (keyof typeof laxities)[])), 'The rules that are let pass, by name. Default: none.'),
  dashboard: option(
    z.union([z.boolean(), strictObject({ hosts: required(texts, 'Host names besides loopback.') })], {
      error: 'must be true, false, or an object with hosts',
    }),
    'The page at /dashboard. Default: true on a loopback host.',
  ),
  faults: option(z.array(faultSchema), 'Faults that are there from the start.'),
} as const

/** As `issuerOptions`, with what only a program can say. */
export const programIssuerOptions = {
  ...issuerOptions,
  contract: z.exactOptional(programContractSchema),
  now: z.exactOptional(z.custom<() => number>(isFunction, 'must be a function')),
  claims: z.exactOptional(z.custom<ClaimsProvider>(isFunction, 'must be a function')),
  fetch: z.exactOptional(z.custom<(input: string, init?: RequestInit) => Promise<Response>>(isFunction, 'must be a function')),
  onError: z.exactOptional(z.custom<(error: unknown) => void>(isFunction, 'must be a function')),
} as const

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
