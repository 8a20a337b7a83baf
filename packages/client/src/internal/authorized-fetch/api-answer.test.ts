import { expect, test } from 'vitest'
import { asksForNonce, readApiAnswer } from './api-answer.js'

const bearer = { tokenType: 'Bearer', scope: 'openid orders_read' } as const
const answer = (status: number, challenge?: string) =>
  new Response(null, { status, ...(challenge !== undefined && { headers: { 'www-authenticate': challenge } }) })

test.each([
  ['success', answer(200, 'Bearer error="invalid_token"')],
  ['a 403 without a challenge', answer(403)],
  ['a 403 that is no want of scope', answer(403, 'Bearer error="invalid_token"')],
  ['an outage', answer(503)],
  ['another scheme', answer(401, 'Basic realm="orders"')],
  ['a malformed request', answer(401, 'Bearer error="invalid_request"')],
  ['a malformed challenge', answer(401, 'Bearer error="invalid_token')],
  ['a want of scope that does not say which', answer(403, 'Bearer error="insufficient_scope"')],
  ['a want of scope that is none', answer(403, 'Bearer error="insufficient_scope", scope="\u00e9"')],
])('has nothing to say about the token in %s', (_, response) => {
  expect(readApiAnswer(response, bearer)).toEqual({ kind: 'final' })
})

test.each([
  ['a 401 with invalid_token', answer(401, 'Bearer realm="orders", error="invalid_token"')],
  ['a 401 for a proof', answer(401, 'DPoP error="invalid_dpop_proof"')],
  ['a 401 that gives no reason', answer(401, 'Bearer realm="orders"')],
  ['a 401 whose challenge cannot be seen', answer(401)],
  ['a scheme in other letters', answer(401, 'bEARER error="invalid_token"')],
  ['the challenge with a reason among several', answer(401, 'DPoP algs="ES256", Basic, Bearer error="invalid_token"')],
])('takes the token for refused after %s', (_, response) => {
  expect(readApiAnswer(response, bearer)).toEqual({ kind: 'token_refused' })
})

test('goes by the challenge of the scheme of the token, where both give a reason', () => {
  const response = answer(401, 'Bearer error="invalid_request", DPoP error="invalid_token", algs="ES256"')
  expect(readApiAnswer(response, { tokenType: 'DPoP', scope: undefined })).toEqual({ kind: 'token_refused' })
  expect(readApiAnswer(response, bearer)).toEqual({ kind: 'final' })
})

test.each([
  [
    'acr_values="urn:strong urn:weak", max_age="5"',
    { acrValues: ['urn:strong', 'urn:weak'], requireAcr: true, maxAgeSeconds: 5 },
    ': acr_values "urn:strong urn:weak", max_age 5',
  ],
  ['acr_values="urn:strong"', { acrValues: ['urn:strong'], requireAcr: true }, ': acr_values "urn:strong"'],
  ['max_age=0', { maxAgeSeconds: 0 }, ': max_age 0'],
  ['realm="orders"', {}, ''],
  ['max_age="-1", acr_values="  "', {}, ''],
  ['max_age="1e3"', {}, ''],
  ['max_age="99999999999"', {}, ''],
])('reads %s as a login of that strength, which loses nothing that was granted', (params, stepUp, detail) => {
  const response = answer(401, `Bearer error="insufficient_user_authentication", ${params}`)
  expect(readApiAnswer(response, bearer)).toEqual({
    kind: 'step_up',
    asked: `a stronger or more recent login than that of this token${detail}`,
    stepUp: { ...stepUp, scope: 'openid orders_read' },
  })
})

test('a stronger login may need a further scope', () => {
  const response = answer(401, 'Bearer error="insufficient_user_authentication", max_age=5, scope="pay orders_read"')
  expect(readApiAnswer(response, bearer)).toMatchObject({ stepUp: { maxAgeSeconds: 5, scope: 'openid orders_read pay' } })
})

test('a login with openid is one with openid again, though the server does not name it', () => {
  const response = answer(401, 'Bearer error="insufficient_user_authentication", acr_values="urn:strong"')
  const tokens = { tokenType: 'Bearer', scope: 'orders_read', idToken: 'a.b.c' } as const
  expect(readApiAnswer(response, tokens)).toMatchObject({ stepUp: { requireAcr: true, scope: 'orders_read openid' } })
})

test('a login of a certain age is one with openid, since it is seen in the ID token alone', () => {
  const response = answer(401, 'Bearer error="insufficient_user_authentication", max_age=5, acr_values="urn:strong"')
  expect(readApiAnswer(response, { tokenType: 'Bearer', scope: 'orders_read' })).toMatchObject({
    stepUp: { acrValues: ['urn:strong'], requireAcr: true, maxAgeSeconds: 5, scope: 'orders_read openid' },
  })
})

test.each([
  ['urn:strong', ['urn:strong']],
  ['two words', undefined],
  ['x'.repeat(257), undefined],
  [7, undefined],
  [undefined, undefined],
])('a further scope asks for a login that is as strong as this one: acr %j', (acr, acrValues) => {
  const payload = Buffer.from(JSON.stringify({ sub: 'john', acr })).toString('base64url')
  const response = answer(403, 'Bearer error="insufficient_scope", scope="pay"')
  expect(readApiAnswer(response, { ...bearer, idToken: `e30.${payload}.c2ln` })).toMatchObject({
    stepUp: { ...(acrValues && { acrValues }), scope: 'openid orders_read pay' },
  })
  if (acrValues === undefined)
    expect(readApiAnswer(response, { ...bearer, idToken: `e30.${payload}.c2ln` })).not.toHaveProperty('stepUp.acrValues')
  expect(readApiAnswer(response, { ...bearer, idToken: 'no JWT' })).toMatchObject({ stepUp: { scope: 'openid orders_read pay' } })
})

test.each([undefined, 'orders_read'])('does not demand an acr where no ID token would show it: granted %j', (scope) => {
  const response = answer(401, 'Bearer error="insufficient_user_authentication", acr_values="urn:strong"')
  expect(readApiAnswer(response, { tokenType: 'Bearer', scope })).toMatchObject({
    stepUp: { acrValues: ['urn:strong'], ...(scope && { scope }) },
  })
  expect(readApiAnswer(response, { tokenType: 'Bearer', scope })).not.toHaveProperty('stepUp.requireAcr')
})

test('takes 20 acr values at most, and none that is too long', () => {
  const values = ['x'.repeat(257), ...Array.from({ length: 30 }, (_, index) => `urn:${index}`)]
  const read = readApiAnswer(answer(401, `Bearer error="insufficient_user_authentication", acr_values="${values.join(' ')}"`), bearer)
  expect(read).toMatchObject({ stepUp: { acrValues: values.slice(1, 21) } })
})

test('adds the scope that is wanted to what was granted, so that a login with it loses nothing', () => {
  const response = answer(403, 'Bearer error="insufficient_scope", scope="orders_write orders_read"')
  expect(readApiAnswer(response, bearer)).toEqual({
    kind: 'step_up',
    asked: 'more than this token has: scope "orders_write orders_read"',
    stepUp: { scope: 'openid orders_read orders_write' },
  })
  expect(readApiAnswer(response, { tokenType: 'Bearer', scope: undefined })).toMatchObject({
    stepUp: { scope: 'orders_write orders_read' },
  })
})

test.each([
  [true, answer(401, 'DPoP error="use_dpop_nonce", algs="ES256"')],
  [true, answer(401, 'Bearer error="invalid_token", DPoP error="use_dpop_nonce"')],
  [false, answer(400, 'DPoP error="use_dpop_nonce"')],
  [false, answer(401, 'DPoP error="invalid_token"')],
  [false, answer(401)],
])('says %s to whether a nonce is asked for', (expected, response) => {
  expect(asksForNonce(response)).toBe(expected)
})
