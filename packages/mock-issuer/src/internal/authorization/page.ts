import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { randomToken } from '../random-token.js'
import { stylesheet } from './stylesheet.js'

/** A piece of HTML in which every value is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  readonly title: string
  readonly body: Html
  readonly status?: number
  /** Where the page's forms may lead besides web pages: the scheme of a native application's redirect URI. */
  readonly formActionScheme?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** CSS to add to the look of all pages. As trusted as the program itself: nothing from outside is in it. */
  readonly styles?: string
  /** What the page shows in frames: nothing else can be. */
  readonly frameSources?: readonly string[]
  /** A script for a page that works without it, which may ask this server alone. As trusted as `styles`. */
  readonly script?: string
}

/** Answers with a page that needs no script, no other file, and lets no one frame it. */
export async function pageResponse({
  title,
  body,
  status = 200,
  formActionScheme,
  headers,
  styles = '',
  frameSources,
  script,
}: Page): Promise<Response> {
  const nonce = randomToken()
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(stylesheet + styles)}
        </style>
      </head>
      <body>
        <main>${body}</main>
        ${script === undefined ? '' : raw(`<script nonce="${nonce}">${script}</script>`)}
      </body>
    </html>`
  return new Response(document.toString(), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce, formActionScheme, { hasScript: script !== undefined, frameSources }),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      ...headers,
    },
  })
}

// Browsers hold the redirects that follow a form to form-action too, to the client and on from there. So it names schemes:
// hosts would break applications that send the user on from their callback.
function contentSecurityPolicy(
  nonce: string,
  formActionScheme: string | undefined,
  { hasScript, frameSources = [] }: { hasScript: boolean; frameSources: readonly string[] | undefined },
): string {
  const schemes = new Set(['http:', 'https:', ...(formActionScheme === undefined ? [] : [formActionScheme])])
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(frameSources.length === 0 ? [] : [`frame-src ${[...new Set(frameSources.map(frameSource))].join(' ')}`]),
    ...(hasScript ? [`script-src 'nonce-${nonce}'`, "connect-src 'self'"] : []),
    `form-action 'self' ${[...schemes].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

// A source of the policy is an origin and a path: the query does not count, and what separates sources must not be in the path.
function frameSource(uri: string): string {
  const { origin, pathname } = new URL(uri)
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
}
