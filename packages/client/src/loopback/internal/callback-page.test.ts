import { expect, test } from 'vitest'
import { type CallbackPage, renderCallbackPage } from './callback-page.js'

const pages: CallbackPage[] = ['logged-in', 'refused', 'expired', 'failed', 'opened-twice', 'unknown']

test('says how it ended, and where to go on', () => {
  const { status, html } = renderCallbackPage('logged-in', 'Shop')
  expect(status).toBe(200)
  expect(html).toContain('<h1>You are logged in</h1>')
  expect(html).toContain('You can close this window and go back to Shop.')
})

test.each(pages)('the page "%s" loads nothing, runs nothing, is not kept and is not framed', (page) => {
  const { headers, html } = renderCallbackPage(page, undefined)
  const [, nonce = 'none'] = /<style nonce="([\w-]{22})">/.exec(html) ?? []
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
  )
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' })
  expect(html).not.toMatch(/<script|\son\w+=|src=|url\(|https?:/)
  expect(html).toContain('the terminal')
})

test('escapes the name of the application', () => {
  const { html } = renderCallbackPage('refused', `<img src=x onerror='alert("1")'> & Co`)
  expect(html).toContain('&#60;img src=x onerror=&#39;alert(&#34;1&#34;)&#39;&#62; &#38; Co')
  expect(html).not.toContain('<img')
})
