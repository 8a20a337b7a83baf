import { jsonResponse } from './json-response.js'

/** The longest path that is looked at, in characters as they are in the URL, without the query. */
const maxPathCharacters = 2_048

/** The answer to a request whose path is too long (RFC 9110 §15.5.15), to be asked for before anything else looks at the path. */
export function refuseLongPath(request: Request): Response | undefined {
  if (new URL(request.url).pathname.length <= maxPathCharacters) return undefined
  const description = `The path is longer than ${maxPathCharacters} characters.`
  const headers = { 'x-content-type-options': 'nosniff' }
  return jsonResponse({ error: 'invalid_request', error_description: description }, { status: 414, headers })
}
