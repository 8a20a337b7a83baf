import { randomBytes } from 'node:crypto'
import { callbackStyles } from './callback-styles.js'

/** What a browser is told that came back. */
export type CallbackPage = 'logged-in' | 'refused' | 'expired' | 'failed' | 'opened-twice' | 'unknown'

/** A page, and the headers that it needs. */
export interface RenderedPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly html: string
}

interface Content {
  readonly status: number
  readonly title: string
  readonly text: (application: string) => string
}

const contents: Readonly<Record<CallbackPage, Content>> = {
  'logged-in': {
    status: 200,
    title: 'You are logged in',
    text: (application) => `You can close this window and go back to ${application}.`,
  },
  refused: {
    status: 200,
    title: 'You are not logged in',
    text: (application) => `Nothing was shared. You can close this window; to try again, go back to ${application}.`,
  },
  expired: {
    status: 200,
    title: 'This took too long',
    text: (application) => `The login is not good any more. Close this window, and begin again in ${application}.`,
  },
  failed: {
    status: 200,
    title: 'The login did not work',
    text: (application) => `You are not logged in. Close this window; what went wrong is said in ${application}.`,
  },
  'opened-twice': {
    status: 409,
    title: 'This login was opened by somebody else',
    text: (application) => `To be safe, it was ended. Close this window, and go back to ${application} to begin again.`,
  },
  unknown: {
    status: 400,
    title: 'There is nothing here',
    text: (application) => `This address belongs to no login that is going on. Go back to ${application}, and begin again if you have to.`,
  },
}

/** One page for each way that a login can end. Nothing of the request is on it, and nothing is loaded: no script, no file, no frame. */
export function renderCallbackPage(page: CallbackPage, applicationName: string | undefined): RenderedPage {
  const { status, title, text } = contents[page]
  const nonce = randomBytes(16).toString('base64url')
  const application = applicationName === undefined ? 'the terminal' : escapeHtml(applicationName)
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
<style nonce="${nonce}">${callbackStyles}</style>
</head>
<body>
<main class="${page === 'logged-in' ? 'good' : 'other'}">
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="24"/><path d="${page === 'logged-in' ? 'M14 25l7 7 13-15' : 'M24 13v14M24 34v.5'}"/></svg>
<h1>${title}</h1>
<p>${text(application)}</p>
</main>
</body>
</html>
`
  return { status, headers: pageHeaders(nonce), html }
}

function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    connection: 'close',
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
