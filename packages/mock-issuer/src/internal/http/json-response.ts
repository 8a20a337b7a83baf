import { explainRefusal } from './refusal.js'

/** A JSON answer. Nothing is cached unless `headers` say so. An `error` in it is the reason of a refusal. */
export function jsonResponse(body: object, init: { status?: number; headers?: Readonly<Record<string, string>> } = {}): Response {
  const status = init.status ?? 200
  const response = new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...init.headers },
  })
  if (status < 400 || !('error' in body) || typeof body.error !== 'string') return response
  const description = 'error_description' in body && typeof body.error_description === 'string' ? body.error_description : undefined
  return explainRefusal(response, { error: body.error, description })
}
