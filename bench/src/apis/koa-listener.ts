import type { RequestListener } from 'node:http'
import type Koa from 'koa'

/** Adapts a Koa application to `node:http`. */
export function koaListener(app: Pick<Koa, 'callback'>): RequestListener {
  const handle = app.callback()
  return (request, response) => void handle(request, response)
}
