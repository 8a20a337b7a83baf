import type { RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** A Fastify application as what `node:http` takes. Requests that come before its plugins are loaded wait. */
export function fastifyListener(app: FastifyInstance): RequestListener {
  const ready = app.ready()
  let isReady = false
  void ready.then(() => (isReady = true))
  return (request, response) => {
    if (isReady) app.routing(request, response)
    else void ready.then(() => app.routing(request, response))
  }
}
