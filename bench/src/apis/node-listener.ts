import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

/** Adapts a Hono application to `node:http`. */
export function nodeListener({ fetch }: Pick<Hono, 'fetch'>): RequestListener {
  const listener = getRequestListener(fetch)
  return (request, response) => void listener(request, response)
}
