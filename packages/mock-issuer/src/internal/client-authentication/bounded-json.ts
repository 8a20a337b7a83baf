const maxBytes = 65_536

/**
 * Reads the JSON of a response from outside.
 * @throws {Error} for more than 64 kB, or what is no JSON
 */
export async function readBoundedJson(response: Response): Promise<unknown> {
  const reader = response.body?.getReader()
  const bytes = new Uint8Array(maxBytes)
  let length = 0
  try {
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      if (length + read.value.length > maxBytes) throw new Error(`The document is longer than ${maxBytes} bytes.`)
      bytes.set(read.value, length)
      length += read.value.length
    }
  } finally {
    await reader?.cancel()
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length)))
}
