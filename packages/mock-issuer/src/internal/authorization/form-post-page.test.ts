import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, post, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

async function logInByFormPost(changes: Record<string, string> = {}) {
  const issuer = await createMockIssuer()
  const page = await createBrowser(issuer.fetch).open(authorizationUrl(issuer, { response_mode: 'form_post', ...changes }))
  return { issuer, page, answered: page.html.includes('name="login"') ? await page.submit({ user: 'john' }) : page }
}

function fields(html: string): Record<string, string> {
  return Object.fromEntries([...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name ?? '', value ?? '']))
}

test('posts the code, the state and the issuer to the redirect URI', async () => {
  const { issuer, answered } = await logInByFormPost()
  const { response, html } = answered

  expect(response.status).toBe(200)
  expect(response.headers.get('location')).toBe(null)
  expect(html).toContain(`<form method="post" action="${redirectUri}">`)
  expect(fields(html)).toEqual({ code: expect.stringMatching(/^[\w-]{43}$/), state: 'state-1', iss: issuer.issuer })
  expect((await post(issuer, '/token', codeForm(fields(html)['code'] ?? ''))).status).toBe(200)
})

test('posts a refusal too', async () => {
  const { answered } = await logInByFormPost({ response_type: 'token' })

  expect(fields(answered.html)).toMatchObject({ error: 'unsupported_response_type', state: 'state-1' })
})

test('escapes what it posts, runs its own script alone, and is framed by no one and cached nowhere', async () => {
  const { answered } = await logInByFormPost({ state: `"><script>alert('x')</script>&amp;` })
  const { response, html } = answered
  const nonce = /<script nonce="([\w-]{43})">/.exec(html)?.[1]

  expect(html.match(/<script/g)?.length).toBe(1)
  expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;"')
  expect(response.headers.get('content-security-policy')).toBe(
    `default-src 'none'; script-src 'nonce-${nonce}'; form-action http: https:; frame-ancestors 'none'; base-uri 'none'`,
  )
  expect(response.headers.get('x-frame-options')).toBe('DENY')
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test.each([
  ['who is logged in', { prompt: 'none' }, { code: expect.stringMatching(/^[\w-]{43}$/) }],
  ['that there is nobody', { prompt: 'none', max_age: '0' }, { error: 'login_required' }],
  ['what is wrong with the request', { prompt: 'none', response_type: 'token' }, { error: 'unsupported_response_type' }],
])('lets the application frame the page that tells it silently %s', async (_, changes, told) => {
  const issuer = await createMockIssuer()
  const browser = createBrowser(issuer.fetch)
  await (await browser.open(authorizationUrl(issuer))).submit({ user: 'john' })
  const { response, html } = await browser.open(authorizationUrl(issuer, { response_mode: 'form_post', ...changes }))

  expect(fields(html)).toMatchObject({ ...told, state: 'state-1' })
  expect(response.headers.get('x-frame-options')).toBe(null)
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'nonce-[\w-]{43}'; form-action http: https:; base-uri 'none'$/,
  )
})

test('still sets the cookies that a login sets', async () => {
  const { answered } = await logInByFormPost()

  expect(answered.response.headers.get('set-cookie')).toMatch(/HttpOnly/)
})
