import { sha256Base64url } from '../sha256.js'

/** A JSON answer that clients may keep for a while and then revalidate by its `ETag` (RFC 9110 §8.8.3, §13.1.2). */
export async function cachedJsonResponse(
  request: Request,
  document: object,
  { contentType, maxAgeSeconds }: { contentType: string; maxAgeSeconds: number },
): Promise<Response> {
  const body = JSON.stringify(document)
  const etag = `"${await sha256Base64url(body)}"`
  const headers = { 'cache-control': `public, max-age=${maxAgeSeconds}`, etag }
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { status: 200, headers: { ...headers, 'content-type': contentType } })
}

// If-None-Match compares weakly: the W/ of a tag does not count.
function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
