/** More than any answer of an authorization server has: a key set with a thousand keys. */
const maxBytes = 1 << 19

/** The same response, whose body fails, and is read no further, beyond 512 kB. */
export function boundedResponse(response: Response): Response {
  let bytes = 0
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      if (bytes > maxBytes) controller.error(new Error('The answer is too long.'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body?.pipeThrough(bound), response)
}
