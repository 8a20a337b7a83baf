import type { IssuerClient } from '../../client.js'
import type { IntrospectionDialect } from '../../introspection-dialect.js'
import { jsonResponse } from '../http/json-response.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { signJws } from '../signing/sign-jws.js'
import type { DescribedToken } from './described-token.js'

export interface IntrospectionResponseInput {
  readonly keys: SigningKeys
  issuerName(): string
  now(): number
}

/** What is answered: a token, `undefined` for one that is not active, to whom, and in which dialect. */
export interface IntrospectionAnswer {
  readonly dialect: IntrospectionDialect
  readonly token: DescribedToken | undefined
  readonly client: IssuerClient
}

/**
 * Answers an introspection request in a dialect.
 * @throws {OAuthRefusal} `invalid_request`, with the status 406, for a JWT of a token that has none
 */
export async function introspectionResponse(answer: IntrospectionAnswer, input: IntrospectionResponseInput): Promise<Response> {
  const response = await dialects[answer.dialect](answer, input)
  response.headers.append('vary', 'accept')
  return response
}

type AnswerInDialect = (answer: IntrospectionAnswer, input: IntrospectionResponseInput) => Response | Promise<Response>

const dialects: Readonly<Record<IntrospectionDialect, AnswerInDialect>> = {
  json: ({ token }) => jsonResponse(introspection(token)),
  'json-with-phantom-token': ({ token }) => jsonResponse(introspection(token, 'phantom_token')),
  'json-with-jwt': ({ token }) => jsonResponse(introspection(token, 'jwt')),
  jwt: signedResponse,
  phantom: phantomResponse,
}

function introspection(token: DescribedToken | undefined, jwtMember?: string): object {
  if (token === undefined) return { active: false }
  const withJwt = jwtMember !== undefined && token.jwt !== undefined ? { [jwtMember]: token.jwt } : {}
  return { ...token.members, ...withJwt, active: true }
}

// RFC 9701 §5. Neither `exp` nor `sub` stands beside `token_introspection`, so that nobody takes the response for an access token.
async function signedResponse({ token, client }: IntrospectionAnswer, input: IntrospectionResponseInput): Promise<Response> {
  const key = await input.keys.current(client.introspectionSignedResponseAlg)
  const payload = {
    iss: input.issuerName(),
    aud: client.clientId,
    iat: Math.floor(input.now() / 1000),
    token_introspection: introspection(token),
  }
  const body = await signJws({ header: { alg: key.algorithm, typ: 'token-introspection+jwt', kid: key.kid }, payload, key })
  return new Response(body, { headers: { 'content-type': 'application/token-introspection+jwt', 'cache-control': 'no-store' } })
}

// A gateway keeps the JWT for as long as the header says, so it says what is left of the token.
function phantomResponse({ token }: IntrospectionAnswer, input: IntrospectionResponseInput): Response {
  if (token === undefined || token.kind === 'refresh_token') {
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
  }
  if (token.jwt === undefined) throw new OAuthRefusal('invalid_request', 'This token is opaque, and no JWT belongs to it.', 406)
  const { exp } = token.members
  const maxAgeSeconds = typeof exp === 'number' ? Math.max(0, Math.floor(exp - input.now() / 1000)) : 0
  return new Response(token.jwt, { headers: { 'content-type': 'application/jwt', 'cache-control': `max-age=${maxAgeSeconds}` } })
}
