import { OAuthRefusal } from './oauth-refusal.js'

const maxBytes = 65_536

/**
 * Reads the body of a request.
 * @throws {OAuthRefusal} `invalid_request` for one over 64 kB (413)
 */
export async function readBoundedBody(request: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(maxBytes)
  let length = 0
  for await (const chunk of readChunks(request)) {
    if (length + chunk.length > maxBytes) throw new OAuthRefusal('invalid_request', `The body is longer than ${maxBytes} bytes.`, 413)
    bytes.set(chunk, length)
    length += chunk.length
  }
  return bytes.subarray(0, length)
}

async function* readChunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (reader === undefined) return
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel()
  }
}
