import type { BrowserLoginOptions } from '../browser-client.js'

/** What `login/start` is asked for: the scopes of a step-up come on top of the usual ones, and what is not asked for is left out. */
export function loginForm(
  { scope = '', acrValues, maxAgeSeconds, loginHint, prompt }: BrowserLoginOptions,
  usualScope = '',
): Readonly<Record<string, string>> {
  // Which leaves out what is undefined.
  return JSON.parse(
    JSON.stringify({
      scope: [...new Set(`${usualScope} ${scope}`.match(/\S+/g))].join(' ') || undefined,
      acr_values: acrValues?.join(' '),
      max_age: maxAgeSeconds,
      login_hint: loginHint,
      prompt,
    }),
  ) as Record<string, string>
}
