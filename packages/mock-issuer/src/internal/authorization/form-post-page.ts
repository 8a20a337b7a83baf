import { randomToken } from '../random-token.js'

/**
 * Answers with a page that posts the response to the client at once; where no script runs, by a click. Nobody can frame it, unless the
 * request was silent: such a request comes from a frame of the client.
 *
 * @see {@link https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html OAuth 2.0 Form Post Response Mode}
 */
export function formPostPage(redirectUri: string, parameters: ReadonlyMap<string, string>, isSilent: boolean): Response {
  const nonce = randomToken()
  const fields = [...parameters].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
  const document = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Back to the application</title>
  </head>
  <body>
    <form method="post" action="${escapeHtml(redirectUri)}">
      ${fields.join('\n      ')}
      <button>Go back to the application</button>
    </form>
    <script nonce="${nonce}">document.forms[0].submit()</script>
  </body>
</html>
`
  return new Response(document, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // Schemes rather than the client's host: browsers hold the redirects that follow the form to form-action too.
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `form-action ${[...new Set(['http:', 'https:', new URL(redirectUri).protocol])].join(' ')}`,
        ...(isSilent ? [] : ["frame-ancestors 'none'"]),
        "base-uri 'none'",
      ].join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...(isSilent ? {} : { 'x-frame-options': 'DENY' }),
    },
  })
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
