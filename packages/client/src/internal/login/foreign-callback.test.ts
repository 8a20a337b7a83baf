import { describe, expect, test } from 'vitest'
import { altered, createLoginStage, redirectUri, requestsTo } from '../../../test/login-attempt.js'

describe('a callback that is not of this attempt', () => {
  test('is stale where nothing was kept, and nothing is sent', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { callback } = await logIn()
    const outcome = await client.completeLogin({ callback, transaction: undefined })
    expect(outcome).toEqual({ kind: 'stale', reason: 'no_transaction', returnTo: '/' })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test.each([
    ['no state', { state: undefined }],
    ['an empty state', { state: '' }],
    ['another state', { state: 'a'.repeat(43) }],
    ['a state in other case', { state: 'swap' }],
  ])('is rejected with %s, and nothing is sent', async (_what, change) => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    const swapped = change.state === 'swap' ? { state: swapCase(started.state) } : change
    const outcome = await client.completeLogin({ callback: altered(callback, swapped), transaction: started.transaction })
    expect(outcome).toEqual({
      kind: 'rejected',
      reason: 'state_mismatch',
      cause: saying(/^The callback has (no state|another state than the transaction): /),
    })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test('is rejected with the state of another tab', async () => {
    const { client, logIn } = await createLoginStage()
    const [first, second] = [await logIn(), await logIn()]
    const outcome = await client.completeLogin({ callback: first.callback, transaction: second.started.transaction })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'state_mismatch' })
  })

  test('says nothing by its error: an attacker cannot have one shown', async () => {
    const { client, logIn } = await createLoginStage()
    const { started } = await logIn()
    const callback = `${redirectUri}?error=access_denied&error_description=call+0123&state=made-up`
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toEqual({
      kind: 'rejected',
      reason: 'state_mismatch',
      cause: saying(/^The callback has another state/),
    })
    expect(await client.completeLogin({ callback, transaction: undefined })).toEqual({
      kind: 'stale',
      reason: 'no_transaction',
      returnTo: '/',
    })
  })

  test.each([
    ['another issuer', 'https://attacker.example.org'],
    ['an issuer that is longer by a slash', 'slash'],
    ['an empty issuer', ''],
    ['no issuer, though the server always says it', undefined],
  ])('is rejected with %s, and the code is sent nowhere', async (_what, iss) => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    const forged = altered(callback, { iss: iss === 'slash' ? `${issuer.issuer}/` : iss })
    expect(await client.completeLogin({ callback: forged, transaction: started.transaction })).toEqual({
      kind: 'rejected',
      reason: 'issuer_mismatch',
      cause: saying(
        iss === undefined ? /^The callback names no issuer, / : /^The callback is of the issuer ".*", the client's is "https?:.*"\.$/,
      ),
    })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test('is rejected with an error of another issuer', async () => {
    const { client, logIn } = await createLoginStage()
    const { started } = await logIn()
    const callback = `${redirectUri}?error=access_denied&state=${started.state}&iss=https%3A%2F%2Fattacker.example.org`
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({ reason: 'issuer_mismatch' })
  })

  test('is taken without iss from a server that does not send it', async () => {
    const { client, logIn } = await createLoginStage({ answer: withoutIssParameter })
    const { started, callback } = await logIn()
    const outcome = await client.completeLogin({ callback: altered(callback, { iss: undefined }), transaction: started.transaction })
    expect(outcome.kind).toBe('logged-in')
    const other = await logIn()
    const forged = altered(other.callback, { iss: 'https://attacker.example.org' })
    expect(await client.completeLogin({ callback: forged, transaction: other.started.transaction })).toMatchObject({
      reason: 'issuer_mismatch',
    })
  })
})

describe('a transaction that is not of this client', () => {
  const other = 'https://other.example.com'
  test.each([
    ['no text', ''],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['an empty object', '{}'],
    ['more than it can be', ' '.repeat(40_000)],
    ['another issuer', { issuer: other }],
    ['another client', { clientId: 'other' }],
    ['another redirect URI', { redirectUri: `${other}/callback` }],
    ['a returnTo to another origin', { returnTo: '//evil.example.org' }],
    ['an expiry that is no number', { expiresAt: 'never' }],
    ['no code verifier', { codeVerifier: undefined }],
    ['a code verifier that can be guessed', { codeVerifier: 'a' }],
    ['a state that can be guessed', { state: '1' }],
    ['a nonce that can be guessed', { nonce: '1' }],
  ])('is rejected with %s, and nothing is sent', async (_what, change) => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    const transaction = typeof change === 'string' ? change : JSON.stringify({ ...JSON.parse(started.transaction), ...change })
    expect(await client.completeLogin({ callback, transaction })).toEqual({
      kind: 'rejected',
      reason: 'transaction_invalid',
      cause: saying(/^The transaction is /),
    })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test('is rejected by the client of another issuer (mix-up), though state and iss would do', async () => {
    const [honest, attacker] = [await createLoginStage(), await createLoginStage({ issuer: { issuer: 'https://attacker.example.org' } })]
    const { started } = await attacker.logIn()
    const callback = altered((await honest.logIn()).callback, { state: started.state })
    expect(await honest.client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({
      reason: 'transaction_invalid',
    })
    expect(await attacker.client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({ reason: 'issuer_mismatch' })
    expect(requestsTo(attacker.issuer, 'token')).toBe(0)
  })
})

/** An error for operators, with no secret of the attempt. */
function saying(message: RegExp): unknown {
  return expect.objectContaining({ code: 'response_invalid', message: expect.stringMatching(message) })
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase()))
}

async function withoutIssParameter(url: URL, answer: Response): Promise<Response> {
  if (!url.pathname.includes('/.well-known/')) return answer
  const metadata = (await answer.json()) as Record<string, unknown>
  return Response.json({ ...metadata, authorization_response_iss_parameter_supported: undefined })
}
