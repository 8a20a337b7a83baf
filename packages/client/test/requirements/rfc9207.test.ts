import { expect, test } from 'vitest'
import { altered, createLoginStage } from '../login-attempt.js'
import { openSessionStage } from '../session-stage.js'

const parameter = 'authorization_response_iss_parameter_supported'

/** The metadata as of a server that does not say that it sends `iss`, which it does all the same. */
async function withoutAnnouncement(response: Response): Promise<Response> {
  return Response.json({ ...((await response.json()) as object), [parameter]: undefined })
}

test('an issuer that the server has not announced is held against the one that was asked, on a server', async () => {
  const { client, logIn } = await createLoginStage({
    answer: (url, answer) => (url.pathname.includes('/.well-known/') ? withoutAnnouncement(answer) : answer),
  })
  const [right, wrong] = [await logIn(), await logIn()]
  expect((await client.metadata())[parameter]).toBe(undefined)
  expect(right.callback.searchParams.has('iss')).toBe(true)
  expect((await client.completeLogin({ callback: right.callback, transaction: right.started.transaction })).kind).toBe('logged-in')
  const callback = altered(wrong.callback, { iss: 'https://attacker.example.org' })
  expect(await client.completeLogin({ callback, transaction: wrong.started.transaction })).toMatchObject({ reason: 'issuer_mismatch' })
})

test('an issuer that the server has not announced is held against the one that was asked, in a page', async () => {
  using stage = await openSessionStage()
  stage.tampering['openid-configuration'] = withoutAnnouncement
  const [right, wrong] = [await stage.call('start', {}), await stage.call('start', {})]
  const query = new URLSearchParams(await stage.agree(wrong))
  query.set('iss', 'https://attacker.example.org')
  expect(await stage.call('complete', `?${query}`, wrong.attempt)).toMatchObject({ status: 'anonymous', error: { error: 'login_failed' } })
  expect(stage.asked('authorization_code')).toBe(0)
  expect(await stage.call('complete', await stage.agree(right), right.attempt)).toMatchObject({ status: 'authenticated' })
})
