import type { RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Adapts a Fastify application to `node:http`. Requests wait until its plugins are loaded. */
export function fastifyListener(app: FastifyInstance): RequestListener {
  const ready = app.ready()
  let isReady = false
  void ready.then(() => (isReady = true))
  return (request, response) => {
    if (isReady) app.routing(request, response)
    else void ready.then(() => app.routing(request, response))
  }
}
