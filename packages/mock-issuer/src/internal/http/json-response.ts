/** A JSON answer. Nothing is cached unless `headers` say so. */
export function jsonResponse(body: object, init: { status?: number; headers?: Readonly<Record<string, string>> } = {}): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...init.headers },
  })
}
