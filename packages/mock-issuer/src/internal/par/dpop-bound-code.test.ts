import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, logIn, post } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const [own, other] = await Promise.all([createDpopKey(), createDpopKey()])

async function push(issuer: MockIssuer, changes: Record<string, string> = {}) {
  const form = { ...Object.fromEntries(authorizationUrl(issuer).searchParams), ...changes }
  const response = await post(issuer, '/par', form, { dpop: await own.proof({ url: `${issuer.issuer}/par` }) })
  return { response, body: await response.json() }
}

async function logInWith(issuer: MockIssuer, requestUri: string): Promise<string | null> {
  const query = new URLSearchParams({ client_id: 'app', request_uri: requestUri })
  const page = await createBrowser(issuer.fetch).open(`${issuer.issuer}/authorize?${query.toString()}`)
  const { response } = await page.submit({ user: 'john' })
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams.get('code')
}

async function redeem(issuer: MockIssuer, code: string | null, key?: typeof own) {
  const headers = key === undefined ? undefined : { dpop: await key.proof({ url: `${issuer.issuer}/token` }) }
  return (await post(issuer, '/token', codeForm(code), headers)).json()
}

test.each(['by dpop_jkt', 'by a proof at the pushed request'])(
  'redeems a code that is bound %s with a proof of its key alone',
  async (way) => {
    const issuer = await createMockIssuer()
    const code =
      way === 'by dpop_jkt'
        ? (await logIn(issuer, { dpop_jkt: own.jkt })).get('code')
        : await logInWith(issuer, (await push(issuer)).body.request_uri)
    const refused = [await redeem(issuer, code), await redeem(issuer, code, other)]

    expect(refused.map(({ error }) => error)).toEqual(['invalid_grant', 'invalid_grant'])
    expect((await redeem(issuer, code, own)).token_type).toBe('DPoP')
  },
)

test('takes a pushed request by a proof and by the dpop_jkt of the same key, and of no other', async () => {
  const issuer = await createMockIssuer()
  const same = await push(issuer, { dpop_jkt: own.jkt })
  const different = await push(issuer, { dpop_jkt: other.jkt })

  expect(same.response.status).toBe(201)
  expect(same.response.headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/)
  expect([different.response.status, different.body.error]).toEqual([400, 'invalid_request'])
})

test('pushes nothing with a proof that does not hold', async () => {
  const issuer = await createMockIssuer()
  const form = Object.fromEntries(authorizationUrl(issuer).searchParams)
  const response = await post(issuer, '/par', form, { dpop: await own.proof({ url: `${issuer.issuer}/token` }) })

  expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_dpop_proof'])
})
