import type { StepUp } from '../browser-client.js'

/** What an API's answer asks of the page: nothing (`false`), renewed access (`true`), or another login. */
export type ApiDemand = boolean | StepUp

/**
 * Reads the challenges of an API: just the four parameters that say what a page can do, where `parseChallenge` of the protocol would be a third
 * of this mode. Whatever it makes of a malformed one decides no more than which login the user is asked for.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}, RFC 6750 §3.1
 */
export function readDemand({ ok, status, headers }: Response): ApiDemand {
  // Pages do not see the challenge of another origin unless that exposes it. A name is tried from its first letter only, however long it is.
  const parameters = (headers.get('www-authenticate') ?? '').matchAll(/\b(\w+)="?((?<=")[^"]*|[^\s,"]+)/g)
  const {
    error,
    scope,
    acr_values: acrValues,
    max_age: maxAge,
  } = Object.fromEntries([...parameters].map(([, ...parameter]) => parameter as [string, string])) as Record<string, string | undefined>
  return !ok && error?.startsWith('insufficient_')
    ? { scope, acrValues: acrValues?.split(' '), maxAgeSeconds: maxAge ? Number(maxAge) || 0 : undefined }
    : status === 401
}
