import { createPaint } from '../attack/paint.js'
import type { RequestHandler } from '../http/request-handler.js'

export interface RequestLinesInput {
  readonly handle: RequestHandler
  readonly isColoured: boolean
  write(line: string): void
  /** In milliseconds since the epoch. */
  now(): number
}

/** Writes a line for each request: when, what, and how it was answered. The query, the headers and the body are in none. */
export function withRequestLines({ handle, isColoured, write, now }: RequestLinesInput): RequestHandler {
  const paint = createPaint(isColoured)
  return async (request) => {
    const startedMs = now()
    const done = (status: string): void => {
      const time = paint.dim(new Date(startedMs).toISOString().slice(11, 23))
      write(`${time}  ${status}  ${request.method} ${shorten(new URL(request.url).pathname)}  ${paint.dim(`${now() - startedMs} ms`)}\n`)
    }
    try {
      const response = await handle(request)
      done(statusText(response.status))
      return response
    } catch (error) {
      done(paint.red('---'))
      throw error
    }
  }

  function statusText(status: number): string {
    if (status >= 500) return paint.red(String(status))
    return status >= 400 ? paint.yellow(String(status)) : paint.green(String(status))
  }
}

const maxCharacters = 200

function shorten(path: string): string {
  return path.length > maxCharacters ? `${path.slice(0, maxCharacters)}…` : path
}
