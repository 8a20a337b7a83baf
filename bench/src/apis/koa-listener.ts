import type { RequestListener } from 'node:http'
import type Koa from 'koa'

/** A Koa application as what `node:http` takes. */
export function koaListener(app: Pick<Koa, 'callback'>): RequestListener {
  const handle = app.callback()
  return (request, response) => void handle(request, response)
}
