import { VerificationError, type AccessTokenVerifier, type SenderConstraintSupport } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { common, orders, verifier } from '../../test/orders-server.js'
import { requestFor } from '../../test/verifiers.js'
import { acr } from '../authentication-guard.js'
import { role } from '../role-guard.js'
import type { Refused } from '../refusal.js'
import { createResourceServer } from '../resource-server.js'

const dpop = { algorithms: ['ES256', 'EdDSA'] }
const either: SenderConstraintSupport = { required: false, mtls: false, dpop }
const dpopOnly: SenderConstraintSupport = { required: true, mtls: false, dpop }
const bound: SenderConstraintSupport = { required: true, mtls: true, dpop }
const certificates: SenderConstraintSupport = { required: true, mtls: true }

/** Takes the tokens `good` and `broken` under each scheme, and rejects every other one with this. */
function serverWith(senderConstraint: SenderConstraintSupport | undefined, rejection = invalidToken(), resource?: string) {
  const verify: AccessTokenVerifier['verify'] = (token) =>
    token === 'good' || token === 'broken' ? verifier.verify(token) : Promise.reject(rejection)
  return createResourceServer({ verifier: { verify, senderConstraint }, contract: orders, resource })
}

function invalidToken(challengeError?: VerificationError['challengeError']): VerificationError {
  return new VerificationError('invalid_token', 'dpop_proof_stale', 'the proof is old', { challengeError })
}

/** Status and challenges of the answer to a request with this `Authorization` header. */
async function answerTo(server: ReturnType<typeof serverWith>, authorization?: string) {
  const outcome = await server.authenticate(requestFor(authorization))
  if (outcome.kind !== 'refused') throw new Error(outcome.kind)
  return show(outcome)
}

function show({ status, headers }: Refused): string {
  return `${status} ${headers['WWW-Authenticate']}`
}

const bearer = 'Bearer realm="orders-api"'
const algs = 'algs="ES256 EdDSA"'
const plainDpop = `DPoP realm="orders-api", ${algs}`
const badToken = 'error="invalid_token", error_description="The access token is invalid or has expired."'
const badRequest = 'error="invalid_request", error_description="The request must present one access token, in the Authorization header."'
const badProof = 'error="invalid_dpop_proof", error_description="The DPoP proof is missing, or is not valid for this request."'

describe('challenges', () => {
  test.each([
    ['bearer tokens alone', undefined, `401 ${bearer}`],
    ['certificate-bound tokens alone', certificates, `401 ${bearer}`],
    ['bearer and DPoP tokens', either, `401 ${bearer}, ${plainDpop}`],
    ['tokens that are bound to a key or to a certificate', bound, `401 ${bearer}, ${plainDpop}`],
    ['DPoP tokens alone', dpopOnly, `401 ${plainDpop}`],
  ])('offer what is accepted to a request without a token: %s', async (_, support, answer) => {
    expect(await answerTo(serverWith(support))).toBe(answer)
    expect(await answerTo(serverWith(support), 'Basic am9objpzZWNyZXQ=')).toBe(answer)
  })

  test.each([
    ['Bearer', 'bearer tokens alone', undefined, `401 ${bearer}, ${badToken}`],
    ['Bearer', 'certificate-bound tokens alone', certificates, `401 ${bearer}, ${badToken}`],
    ['Bearer', 'bearer and DPoP tokens', either, `401 ${bearer}, ${badToken}, ${plainDpop}`],
    ['Bearer', 'tokens that are bound in either way', bound, `401 ${bearer}, ${badToken}, ${plainDpop}`],
    ['Bearer', 'DPoP tokens alone', dpopOnly, `401 DPoP realm="orders-api", ${badToken}, ${algs}`],
    ['DPoP', 'bearer tokens alone', undefined, `401 ${bearer}, ${badToken}`],
    ['DPoP', 'certificate-bound tokens alone', certificates, `401 ${bearer}, ${badToken}`],
    ['DPoP', 'bearer and DPoP tokens', either, `401 DPoP realm="orders-api", ${badToken}, ${algs}`],
    ['dpop', 'tokens that are bound in either way', bound, `401 DPoP realm="orders-api", ${badToken}, ${algs}`],
    ['DPoP', 'DPoP tokens alone', dpopOnly, `401 DPoP realm="orders-api", ${badToken}, ${algs}`],
  ])('put a bad token under %s to the account of that scheme where it is accepted: %s', async (scheme, _, support, answer) => {
    expect(await answerTo(serverWith(support), `${scheme} bad`)).toBe(answer)
  })

  test.each([
    ['Bearer', `400 ${bearer}, ${badRequest}, ${plainDpop}`],
    ['Bearer a b', `400 ${bearer}, ${badRequest}, ${plainDpop}`],
    ['Bearer a, Bearer b', `400 ${bearer}, ${badRequest}, ${plainDpop}`],
    ['DPoP', `400 DPoP realm="orders-api", ${badRequest}, ${algs}`],
    ['DPoP "a"', `400 DPoP realm="orders-api", ${badRequest}, ${algs}`],
    ['Bearer a, DPoP a', `400 ${bearer}, ${badRequest}, DPoP realm="orders-api", ${badRequest}, ${algs}`],
    ['a.b.c', `400 ${bearer}, ${badRequest}, DPoP realm="orders-api", ${badRequest}, ${algs}`],
  ])('put malformed credentials to the account of the scheme that they name, or of both: %s', async (authorization, answer) => {
    expect(await answerTo(serverWith(either), authorization)).toBe(answer)
  })

  test('say what is wrong with a DPoP proof', async () => {
    const server = serverWith(either, invalidToken('invalid_dpop_proof'))
    expect(await server.authenticate(requestFor('DPoP bad'))).toEqual({
      kind: 'refused',
      status: 401,
      headers: { ...common, 'WWW-Authenticate': `DPoP realm="orders-api", ${badProof}, ${algs}` },
      body: { error: 'invalid_dpop_proof', error_description: 'The DPoP proof is missing, or is not valid for this request.' },
      code: 'invalid_dpop_proof',
      reason: 'dpop_proof_stale: the proof is old',
    })
  })

  test.each([
    ['the request came under Bearer', either, 'Bearer bad', `401 ${bearer}, ${badToken}, ${plainDpop}`],
    ['DPoP is not accepted', undefined, 'DPoP bad', `401 ${bearer}, ${badToken}`],
  ])('say nothing of a proof where %s', async (_, support, authorization, answer) => {
    for (const error of ['invalid_dpop_proof', 'use_dpop_nonce'] as const) {
      expect(await answerTo(serverWith(support, invalidToken(error)), authorization)).toBe(answer)
    }
  })

  test('take an error that they do not know for a bad token', async () => {
    const answer = await answerTo(serverWith(either, invalidToken('toString' as never)), 'DPoP bad')
    expect(answer).toBe(`401 DPoP realm="orders-api", ${badToken}, ${algs}`)
  })

  test('lead to the metadata, each of them', async () => {
    const metadata = 'resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"'
    const server = serverWith(either, invalidToken(), 'https://api.example.com')
    expect(await answerTo(server)).toBe(`401 ${bearer}, ${metadata}, DPoP realm="orders-api", ${metadata}, ${algs}`)
  })

  test('leave algs out where the verifier names none', async () => {
    expect(await answerTo(serverWith({ ...dpopOnly, dpop: { algorithms: [] } }))).toBe('401 DPoP realm="orders-api"')
  })

  test.each([[['ES256 "']], [[' ']], ['ES256'], [undefined]])('are not made of algorithms that cannot stand in them: %j', (algorithms) => {
    const senderConstraint = { ...either, dpop: { algorithms } } as never
    expect(() => serverWith(senderConstraint)).toThrow('verifier.senderConstraint.dpop.algorithms must list names such as "ES256".')
  })
})

describe('challenges of guards', () => {
  const lacksScope =
    'error="insufficient_scope", error_description="The access token lacks a scope that this operation needs.", scope="write"'
  const needsLogin =
    'error="insufficient_user_authentication", error_description="This operation needs a stronger or more recent login.", acr_values="mfa"'

  async function refusalBy(guard: 'scope' | 'login' | 'role', support: SenderConstraintSupport | undefined, authorization: string) {
    const server = serverWith(support)
    const request = requestFor(authorization)
    const outcome = await server.authenticate(request)
    if (outcome.kind !== 'authenticated') throw new Error(outcome.kind)
    const guards = { scope: orders.scope('write'), login: acr('mfa'), role: role('manager') }
    const refused = await server.authorize(outcome.principal, server.guard(guards[guard]), { request, params: {} })
    if (refused.kind !== 'refused') throw new Error(refused.kind)
    return show(refused)
  }

  test.each([
    ['Bearer', undefined, `403 ${bearer}, ${lacksScope}`],
    ['Bearer', either, `403 ${bearer}, ${lacksScope}`],
    ['DPoP', either, `403 DPoP realm="orders-api", ${lacksScope}, ${algs}`],
    ['DPoP', dpopOnly, `403 DPoP realm="orders-api", ${lacksScope}, ${algs}`],
  ])('ask for a scope under %s, if that was used', async (scheme, support, answer) => {
    expect(await refusalBy('scope', support, `${scheme} good`)).toBe(answer)
  })

  test.each([
    ['Bearer', undefined, `401 ${bearer}, ${needsLogin}`],
    ['Bearer', bound, `401 ${bearer}, ${needsLogin}`],
    ['DPoP', either, `401 DPoP realm="orders-api", ${needsLogin}, ${algs}`],
  ])('ask for a login under %s, if that was used', async (scheme, support, answer) => {
    expect(await refusalBy('login', support, `${scheme} good`)).toBe(answer)
  })

  test.each([
    ['Bearer', 'bearer tokens alone', undefined, `403 ${bearer}`],
    ['Bearer', 'bearer and DPoP tokens', either, `403 ${bearer}`],
    ['Bearer', 'tokens that are bound in either way', bound, `403 ${bearer}`],
    ['DPoP', 'bearer and DPoP tokens', either, `403 ${plainDpop}`],
    ['DPoP', 'DPoP tokens alone', dpopOnly, `403 ${plainDpop}`],
  ])('name no error that the RFCs do not have, under %s, if that was used: %s', async (scheme, _, support, answer) => {
    expect(await refusalBy('role', support, `${scheme} good`)).toBe(answer)
    expect(await answerTo(serverWith(support), `${scheme} broken`)).toBe(answer)
  })

  test('offer both schemes to an anonymous request', async () => {
    const context = { request: requestFor(), params: {} }
    const server = serverWith(either)
    expect(await server.authorize(undefined, server.guard(), context)).toMatchObject({
      status: 401,
      headers: { 'WWW-Authenticate': `${bearer}, ${plainDpop}` },
    })
  })

  test('do not mix the schemes up from one request to the next', async () => {
    const server = serverWith(either)
    const answers = [await answerTo(server, 'Bearer bad'), await answerTo(server, 'DPoP bad'), await answerTo(server, 'Bearer bad')]
    expect(answers.map((answer) => answer.slice(4, 10))).toEqual(['Bearer', 'DPoP r', 'Bearer'])
  })
})
