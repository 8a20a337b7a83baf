import { createPaint } from '../attack/paint.js'
import { refusalOf } from '../http/refusal.js'
import type { Refusal } from '../http/refusal.js'
import type { RequestHandler } from '../http/request-handler.js'
import { printable } from '../invisible-characters.js'
import { shorten } from '../shorten.js'

export interface RequestLinesInput {
  readonly handle: RequestHandler
  readonly isColoured: boolean
  write(line: string): void
  /** In milliseconds since the epoch. */
  now(): number
}

/**
 * Writes a line for each request: when, what, and how it was answered; and beneath it why, if it was refused, and what would mend it. The
 * query, the headers and the body are in none.
 */
export function withRequestLines({ handle, isColoured, write, now }: RequestLinesInput): RequestHandler {
  const paint = createPaint(isColoured)
  return async (request) => {
    const startedMs = now()
    const done = (status: string, end = '', refusal?: Refusal): void => {
      const time = paint.dim(new Date(startedMs).toISOString().slice(11, 23))
      write(
        `${time}  ${status}  ${request.method} ${shorten(new URL(request.url).pathname, maxPathCharacters)}  ${paint.dim(`${now() - startedMs} ms${end}`)}\n`,
      )
      for (const line of refusal === undefined ? [] : refusalLines(refusal)) write(`${' '.repeat(textColumn)}${line}\n`)
    }
    try {
      const response = await handle(request)
      done(statusText(response.status), '', refusalOf(response))
      return response
    } catch (error) {
      done(paint.red('---'), ', cut off')
      throw error
    }
  }

  function refusalLines({ error, description, advice }: Refusal): readonly string[] {
    const reason = description === undefined ? paint.yellow(text(error)) : `${paint.yellow(text(error))}: ${text(description)}`
    return advice === undefined ? [reason] : [reason, paint.dim(text(advice))]
  }

  function statusText(status: number): string {
    if (status >= 500) return paint.red(String(status))
    return status >= 400 ? paint.yellow(String(status)) : paint.green(String(status))
  }
}

// Where the method stands in the line of the request.
const textColumn = 19
const maxPathCharacters = 200
const maxTextCharacters = 500

function text(told: string): string {
  return printable(shorten(told, maxTextCharacters))
}
