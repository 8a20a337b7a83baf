import { describe, expect, it, vi } from 'vitest'
import { failure, never, run, url, watchedBody } from '../test/bounded-fetch-driver.js'
import { fakeTimers } from '../test/fake-timers.js'
import type { Fetch } from './fetch.js'

fakeTimers()

describe('the size', () => {
  it('takes a body of exactly the limit, in chunks of any size', async () => {
    const body = watchedBody([new Uint8Array(999).fill(0x61), new Uint8Array(0), new Uint8Array(1).fill(0x62)])
    expect((await run(async () => new Response(body.stream))).text).toBe(`${'a'.repeat(999)}b`)
  })

  it('reads bodies that are larger than its first buffer, chunk by chunk', async () => {
    const chunks = Array.from({ length: 100 }, (_, index) => new Uint8Array(1000).fill(0x30 + (index % 10)))
    const response = await run(async () => new Response(watchedBody(chunks).stream), { maxBytes: 100_000 })
    expect(response.text).toBe(Array.from({ length: 100 }, (_, index) => String(index % 10).repeat(1000)).join(''))
  })

  it('stops at the limit and cancels the rest', async () => {
    const body = watchedBody(Array.from({ length: 50 }, () => new Uint8Array(400)))
    const error = await failure(run(async () => new Response(body.stream, { status: 404 })))
    expect(error.code).toBe('too_large')
    expect(error).toMatchObject({ status: 404, message: 'login.example.com sent more than 1000 bytes (status 404).' })
    expect(body).toMatchObject({ pulled: 3, cancelled: true })
  })

  it('does not read a body whose declared length is too large', async () => {
    const body = watchedBody([new Uint8Array(1)])
    const error = await failure(run(async () => new Response(body.stream, { headers: { 'content-length': '1001' } })))
    expect(error.code).toBe('too_large')
    expect(body).toMatchObject({ pulled: 0, cancelled: true })
  })

  it.each(['5', '-1', 'NaN', '5, 5', ''])('does not believe a declared length of %j', async (length) => {
    const body = watchedBody([new Uint8Array(600), new Uint8Array(600)])
    const error = await failure(run(async () => new Response(body.stream, { headers: { 'content-length': length } })))
    expect(error.code).toBe('too_large')
  })

  it('reads nothing when the limit is not a number', async () => {
    expect((await failure(run(async () => new Response('a'), { maxBytes: Number.NaN }))).code).toBe('too_large')
  })
})

describe('the time', () => {
  it('ends at the timeout although fetch ignores the signal', async () => {
    const promise = failure(run(never))
    await vi.advanceTimersByTimeAsync(999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await promise).toMatchObject({ code: 'timeout', message: 'login.example.com did not answer completely within 1000 ms.' })
  })

  it('covers the body: one that drips and stalls is cancelled', async () => {
    const body = watchedBody([new Uint8Array(1), new Uint8Array(1), 'stall'])
    const promise = failure(run(async () => new Response(body.stream)))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await promise).code).toBe('timeout')
    expect(body.cancelled).toBe(true)
  })

  it('cancels the body of an answer that comes after the timeout', async () => {
    const body = watchedBody([new Uint8Array(1)])
    let answer: (response: Response) => void = () => {}
    const promise = failure(run(() => new Promise((resolve) => (answer = resolve))))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await promise).code).toBe('timeout')
    answer(new Response(body.stream))
    await vi.advanceTimersByTimeAsync(0)
    expect(body).toMatchObject({ pulled: 0, cancelled: true })
  })

  it('swallows a rejection that comes after the timeout', async () => {
    let fail: (error: Error) => void = () => {}
    const promise = failure(run(() => new Promise((_, reject) => (fail = reject))))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await promise).code).toBe('timeout')
    fail(new Error('too late'))
    await vi.advanceTimersByTimeAsync(0)
  })

  it('aborts the signal that fetch was given', async () => {
    const signals: (AbortSignal | null | undefined)[] = []
    const promise = failure(
      run((_, { signal }) => {
        signals.push(signal)
        return never(url, {})
      }),
    )
    await vi.advanceTimersByTimeAsync(1000)
    expect(signals[0]?.reason).toBe(await promise)
  })

  it('may be longer than a timer can run, and then does not end at once', async () => {
    let answer: (response: Response) => void = () => {}
    const promise = run(() => new Promise((resolve) => (answer = resolve)), { timeoutMs: Infinity })
    await vi.advanceTimersByTimeAsync(86_400_000)
    answer(new Response('ok'))
    expect((await promise).text).toBe('ok')
  })
})

describe("the caller's signal", () => {
  it('sends nothing when it is aborted already', async () => {
    const fetch = vi.fn<Fetch>()
    const error = await failure(run(fetch, { signal: AbortSignal.abort('shutting down') }))
    expect(error).toMatchObject({ code: 'aborted', cause: 'shutting down' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('ends a request although fetch ignores it, and is not listened to afterwards', async () => {
    const controller = new AbortController()
    const added = vi.spyOn(controller.signal, 'addEventListener')
    const removed = vi.spyOn(controller.signal, 'removeEventListener')
    const promise = failure(run(never, { signal: controller.signal }))
    controller.abort()
    expect((await promise).code).toBe('aborted')
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    )
  })

  it('is not listened to after a success', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await run(async () => new Response('ok'), { signal })
    expect(added).toHaveBeenCalledTimes(1)
    expect(removed.mock.calls).toEqual(added.mock.calls.map(([type, listener]) => [type, listener]))
  })
})
