const FIRST_BUFFER_BYTES = 16_384

/**
 * Reads a whole body, unless it exceeds `maxBytes` (after decompression) or the signal is aborted. A declared length over the limit is
 * refused at once; a smaller one is not trusted. A stream that is not read to its end is cancelled.
 *
 * @returns `undefined` for a body that is too large; no more than `maxBytes` of it were kept in memory
 */
export async function readBoundedBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { body } = response
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  // Cancelling ends a pending read. If cancelling fails, there is nothing left to do.
  const cancel = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  try {
    signal.throwIfAborted()
    if (Number(response.headers.get('content-length')) > maxBytes) return undefined
    return await readAll(reader, maxBytes, signal)
  } finally {
    signal.removeEventListener('abort', cancel)
    // A no-op for a stream that has ended.
    cancel()
  }
}

/** One growing buffer instead of a list of chunks, so that a peer that sends single bytes cannot make us keep an object for each. */
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
    // Negated so that NaN (a chunk without a length) is refused.
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
