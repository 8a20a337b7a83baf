import type { AttackOptions } from '../../attack-options.js'
import type { RawRequest, RawResponse } from './sender.js'

/** Sends requests by a `fetch` that was given. */
export function requestByFetch(fetch: NonNullable<AttackOptions['fetch']>): (raw: RawRequest) => Promise<RawResponse> {
  return async ({ url, method, headers, body, signal }) => {
    const fields = new Headers()
    for (const [name, value] of headers) fields.append(name, value)
    const response = await fetch(url.href, { method, headers: fields, redirect: 'manual', signal, ...(body !== undefined && { body }) })
    await response.body?.cancel()
    return { status: response.status, challenges: response.headers.get('www-authenticate') ?? '' }
  }
}
