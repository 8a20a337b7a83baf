import type { StepUp } from '../browser-client.js'

/**
 * Reads from the challenges of an API which other login it asks for: just the four parameters that say what a page can do, where `parseChallenge` of
 * the protocol would be a third of this mode. Whatever it makes of a malformed one decides no more than which login the user is asked for.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}, RFC 6750 §3.1
 */
export function readStepUp({ ok, headers }: Response): StepUp | undefined {
  const parameters: Record<string, string | undefined> = {}
  // Pages do not see the challenge of another origin unless that exposes it. A name is tried from its first letter only, however long it is.
  for (const [, name, value] of `${headers.get('www-authenticate')}`.matchAll(/\b(\w+)="?((?<=")[^"]*|[^\s,"]+)/g)) {
    parameters[name as string] = value
  }
  const { error, scope, acr_values: acrValues, max_age: maxAge } = parameters
  if (!ok && error?.startsWith('insufficient_')) {
    return { scope, acrValues: acrValues?.split(' '), maxAgeSeconds: maxAge ? +maxAge || 0 : undefined }
  }
  return undefined
}
