import type { DripFault, HugeFault, MalformedJsonFault, TruncatedFault, WrongContentTypeFault } from '../../fault.js'
import { bodyTerminated } from './connection.js'
import type { ClientConnection } from './connection.js'

const paddingBytes = 65_536

/** The answer under another media type. */
export function withContentType(response: Response, { contentType = 'text/html' }: WrongContentTypeFault): Response {
  return rebuilt(response, response.body, { 'content-type': contentType })
}

/** The answer in text that is no JSON. */
export async function malformed(response: Response, { body }: MalformedJsonFault): Promise<Response> {
  return rebuilt(response, body ?? `${await response.text()}}`)
}

/** A part of the answer: as if it were all of it, or until the connection ends. */
export async function truncated(response: Response, fault: TruncatedFault, connection: ClientConnection | undefined): Promise<Response> {
  const body = await bytesOf(response)
  const kept = body.subarray(0, Math.min(fault.keepBytes ?? Math.floor(body.length / 2), Math.max(body.length - 1, 0)))
  if (fault.how === 'body-cut') return rebuilt(response, kept)
  // The second pull comes after the kept bytes were read: an error before would take them back.
  const stream = chunked([kept], async (controller) => {
    if (connection === undefined) controller.error(bodyTerminated())
    else await connection.cut()
  })
  return rebuilt(response, stream, { 'content-length': String(body.length) })
}

/** The answer and white space without end, as good as. */
export async function padded(response: Response, { bytes = 67_108_864 }: HugeFault): Promise<Response> {
  const body = await bytesOf(response)
  function* chunks(): Generator<Uint8Array<ArrayBuffer>> {
    yield body
    for (let left = bytes - body.length; left > 0; left -= paddingBytes) yield new Uint8Array(Math.min(left, paddingBytes)).fill(0x20)
  }
  return rebuilt(response, chunked(chunks()))
}

/** The answer, a few bytes at a time; `pause` waits between them, and says whether to go on so. */
export async function dripping(
  response: Response,
  { bytesPerInterval = 1 }: DripFault,
  pause: () => Promise<'slowly' | 'at once'>,
): Promise<Response> {
  const body = await bytesOf(response)
  let at = 0
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const end = at === 0 || (await pause()) === 'slowly' ? at + bytesPerInterval : body.length
          const chunk = body.subarray(at, end)
          at = end
          if (chunk.length > 0) controller.enqueue(chunk)
          if (at >= body.length) controller.close()
        } catch (error) {
          controller.error(error)
        }
      },
    },
    { highWaterMark: 0 },
  )
  return rebuilt(response, stream)
}

/** The answer with another body and other headers. What was altered must not be revalidated as the genuine one: it has no `ETag`. */
export function rebuilt(response: Response, body: BodyInit | null, changes: Readonly<Record<string, string>> = {}): Response {
  const headers = new Headers(response.headers)
  headers.delete('etag')
  headers.delete('content-length')
  for (const [name, value] of Object.entries(changes)) headers.set(name, value)
  return new Response(body, { status: response.status, headers })
}

function chunked(
  chunks: Iterable<Uint8Array<ArrayBuffer>>,
  end: (controller: ReadableStreamDefaultController) => void | Promise<void> = (controller) => controller.close(),
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.iterator]()
  return new ReadableStream(
    {
      pull(controller) {
        let next = iterator.next()
        while (next.done !== true && next.value.length === 0) next = iterator.next()
        if (next.done === true) return end(controller)
        controller.enqueue(next.value)
        return undefined
      },
    },
    { highWaterMark: 0 },
  )
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer())
}
