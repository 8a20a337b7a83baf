import { OperationProcessingError, ResponseBodyError, WWWAuthenticateChallengeError } from 'oauth4webapi'
import { expect, test } from 'vitest'
import { ClientError } from '../client-error.js'
import { asClientError, readOAuthError } from './failure.js'

function refusal(body: { error: string; error_description?: string }, status = 400): ResponseBodyError {
  return new ResponseBodyError('refused', { cause: body, response: new Response(null, { status }) })
}

test('leaves what is told already as it is', () => {
  const told = new ClientError('aborted', 'by the caller')
  expect(asClientError(told)).toBe(told)
})

test('says what the server said', () => {
  expect(asClientError(refusal({ error: 'invalid_scope', error_description: 'No such scope.' }))).toMatchObject({
    code: 'request_refused',
    message: 'The authorization server refuses: invalid_scope.',
    oauthError: { error: 'invalid_scope', description: 'No such scope.', status: 400 },
  })
  expect(asClientError(refusal({ error: 'invalid_client' }, 401)).oauthError).toEqual({ error: 'invalid_client', status: 401 })
})

test.each(['temporarily_unavailable', 'server_error'])('takes %s for an outage and no refusal', (error) => {
  expect(asClientError(refusal({ error }))).toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 5, oauthError: { error } })
})

test('reads a challenge, and takes one without an error for a client that is not known', () => {
  const challenged = (parameters: Record<string, string>) =>
    new WWWAuthenticateChallengeError('challenged', {
      cause: [{ scheme: 'basic', parameters }],
      response: new Response(null, { status: 401 }),
    })
  expect(asClientError(challenged({ error: 'invalid_dpop_proof' })).oauthError).toEqual({ error: 'invalid_dpop_proof', status: 401 })
  expect(asClientError(challenged({ realm: 'x' })).oauthError).toEqual({ error: 'invalid_client', status: 401 })
})

test('drops the cause of an answer that cannot be used, since it may hold tokens', () => {
  const error = asClientError(new OperationProcessingError('"token_type" missing', { cause: { body: { access_token: 'secret' } } }))
  expect(error).toMatchObject({ code: 'response_invalid', message: expect.stringContaining('"token_type" missing') })
  expect(error.cause).toBe(undefined)
})

test.each(['a text', undefined, null, 7])('makes an error of %j too', (thrown) => {
  expect(asClientError(thrown)).toMatchObject({ code: 'response_invalid' })
})

test('keeps to the characters of RFC 6749 §5.2, so that nothing of a server ends up in a log as something else', () => {
  expect(readOAuthError('<script>\n"x"\\\u2028', 'a\r\nb\u001b[31m')).toEqual({
    error: '<script>??x???',
    description: 'a??b?[31m',
  })
  expect(readOAuthError('x'.repeat(10_000), 'y'.repeat(10_000))).toEqual({ error: 'x'.repeat(500), description: 'y'.repeat(500) })
})
