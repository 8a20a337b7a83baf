import { expect } from 'vitest'
import { type BoundedFetchInput, fetchBounded } from '../src/bounded-fetch.js'
import { FetchError } from '../src/fetch-error.js'
import type { Fetch } from '../src/fetch.js'

export const url = 'https://login.example.com/jwks?secret=s3cret'

export function run(fetch: Fetch, input: Partial<BoundedFetchInput> = {}) {
  return fetchBounded({ url, fetch, timeoutMs: 1000, maxBytes: 1000, accept: 'application/json', ...input })
}

export async function failure(promise: Promise<unknown>): Promise<FetchError> {
  const error = await promise.then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(FetchError)
  return error as FetchError
}

export const never: Fetch = () => new Promise(() => {})

/** A body that counts how often it was asked for more, and whether it was cancelled. */
export function watchedBody(chunks: Iterable<Uint8Array | 'stall'>) {
  const watched = { pulled: 0, cancelled: false, stream: new ReadableStream<Uint8Array>() }
  const iterator = chunks[Symbol.iterator]()
  watched.stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        watched.pulled++
        const { done, value } = iterator.next()
        if (done === true) controller.close()
        else if (value !== 'stall') controller.enqueue(value)
      },
      cancel() {
        watched.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return watched
}
