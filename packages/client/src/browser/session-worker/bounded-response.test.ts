import { expect, test, vi } from 'vitest'
import { boundedResponse } from './bounded-response.js'

/** A body of that many kilobytes, none of which is there before it is read. */
function long(kilobytes: number) {
  const cancel = vi.fn()
  let left = kilobytes
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(1024).fill(32)) : controller.close()),
      cancel,
    },
    { highWaterMark: 0 },
  )
  return { body, cancel, read: () => kilobytes - Math.max(left, 0) }
}

test('a body of 512 kB is read, with the status and headers that it came with', async () => {
  const response = boundedResponse(new Response(long(512).body, { status: 400, headers: { 'dpop-nonce': 'nonce' } }))
  expect([response.status, response.headers.get('dpop-nonce')]).toEqual([400, 'nonce'])
  expect((await response.text()).length).toBe(512 * 1024)
})

test('a longer one fails, and what is left of it is not read', async () => {
  const { body, cancel, read } = long(100_000)
  await expect(boundedResponse(new Response(body)).text()).rejects.toThrow('The answer is too long.')
  await vi.waitFor(() => expect(cancel).toHaveBeenCalled())
  expect(read()).toBeLessThan(600)
})

test('an answer without a body stays one', async () => {
  const response = boundedResponse(new Response(null, { status: 204 }))
  expect([response.status, response.body]).toEqual([204, null])
})
