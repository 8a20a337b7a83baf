const FIRST_BUFFER_BYTES = 16_384

/**
 * Reads a body to its end, or stops it: at `maxBytes` of content (after decompression), and when the signal is aborted.
 * The declared length is checked first but not believed. A stream that is not read to its end is cancelled.
 *
 * @returns `undefined` for a body that is too large, of which no more than the limit was kept
 */
export async function readBoundedBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { body } = response
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  // A cancelled stream ends a read that is under way; that the cancelling itself may fail is nobody's concern.
  const cancel = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  try {
    signal.throwIfAborted()
    if (Number(response.headers.get('content-length')) > maxBytes) return undefined
    return await readAll(reader, maxBytes, signal)
  } finally {
    signal.removeEventListener('abort', cancel)
    // Does nothing to a stream that has ended.
    cancel()
  }
}

/** One growing buffer, not a list of chunks: a peer that drips single bytes cannot make us hold an object for each. */
async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  let buffer = new Uint8Array(Math.min(maxBytes, FIRST_BUFFER_BYTES))
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    signal.throwIfAborted()
    if (done) return buffer.subarray(0, length)
    const needed = length + value.byteLength
    // Written so that a chunk without a length is refused.
    if (!(needed <= maxBytes)) return undefined
    if (needed > buffer.byteLength) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, buffer.byteLength * 2)))
      larger.set(buffer.subarray(0, length))
      buffer = larger
    }
    buffer.set(value, length)
    length = needed
  }
}
