import { afterEach, expect, test, vi } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const names = Array.from({ length: 2_000 }, (_, index) => `s${index.toString(36)}`)
const scope = names.join(' ')

afterEach(() => vi.restoreAllMocks())

/** How many elements of long lists were at most looked at, one by one. */
function countSearched(): () => number {
  let searched = 0
  for (const method of ['includes', 'some'] as const) {
    const original = Array.prototype[method]
    vi.spyOn(Array.prototype, method).mockImplementation(function search(this: readonly unknown[], ...input: unknown[]) {
      if (this.length >= names.length) searched += this.length
      return Boolean(Reflect.apply(original, this, input))
    })
  }
  return () => searched
}

test('a refresh compares its scopes with those of the grant without looking through all of them for each', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer, { scope })).get('code')
  const { refresh_token: token } = await (await post(issuer, '/token', codeForm(code))).json()
  const searched = countSearched()
  const form = { grant_type: 'refresh_token', client_id: 'app', refresh_token: token, scope: names.toReversed().join(' ') }

  expect((await post(issuer, '/token', form)).status).toBe(200)
  expect(searched()).toBeLessThan(50 * names.length)
})

test('an exchange compares its scopes with those of the subject and of the client in the same way', async () => {
  const type = 'urn:ietf:params:oauth:grant-type:token-exchange'
  const clients = [{ clientId: 'service', clientSecret: 'service-secret', grantTypes: [type] as const, scopes: names }]
  const issuer = await createMockIssuer({ clients })
  const token = await issuer.accessToken({ scope })
  const searched = countSearched()
  for (const asked of [{}, { scope: names.toReversed().join(' ') }]) {
    const form = { grant_type: type, subject_token: token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', ...asked }
    expect((await post(issuer, '/token', form, service)).status).toBe(200)
  }

  expect(searched()).toBeLessThan(50 * names.length)
})
