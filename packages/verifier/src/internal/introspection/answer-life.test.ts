import { describe, expect, it } from 'vitest'
import { answerLife } from './answer-life.js'

const now = Date.UTC(2026, 0, 1, 12)
const at = (seconds: number) => new Date(now + seconds * 1000).toUTCString()
const lifeOf = (headers: Record<string, string>, ignoreNoStore = false) =>
  answerLife(new Headers(headers), { maxTtlMs: 60_000, ignoreNoStore, now })

describe('the life of an answer', () => {
  it.each<[string, Record<string, string>, number]>([
    ['nothing', {}, 60_000],
    ['max-age', { 'cache-control': 'max-age=7' }, 7000],
    ['no-store', { 'cache-control': 'no-store, max-age=7' }, 0],
    ['a time at which it ends', { expires: at(7) }, 7000],
    ['a time at which it ends, by a clock that is off', { date: at(-1000), expires: at(-993) }, 7000],
    ['a time at which it ends, by a clock that is off the other way', { date: at(1000), expires: at(1007) }, 7000],
    ['a time at which it ends, and a date that is none', { date: 'today', expires: at(7) }, 7000],
    ['a time at which it ends that is far away', { expires: at(7000) }, 60_000],
    ['a time at which it ended', { expires: at(-1) }, 0],
    ['that it ends when it is sent', { date: at(3), expires: at(3) }, 0],
    ['0 for the time at which it ends', { expires: '0' }, 0],
    ['-1 for the time at which it ends', { date: at(0), expires: '-1' }, 0],
    ['nothing for the time at which it ends', { expires: '' }, 0],
    ['a time at which it ends in another form', { expires: '2026-01-01T12:00:07Z' }, 0],
    ['two times at which it ends', { expires: `${at(7)}, ${at(9)}` }, 0],
    ['max-age, which counts, and a time at which it ends', { 'cache-control': 'max-age=7', expires: '0' }, 7000],
    ['another directive, and a time at which it ends', { 'cache-control': 'private', expires: at(7) }, 7000],
    ['no-cache in the way of HTTP/1.0', { pragma: 'no-cache' }, 0],
    ['that in capitals, among others', { pragma: 'x=1, No-Cache' }, 0],
    ['something else in the way of HTTP/1.0', { pragma: 'no-cache-please' }, 60_000],
    ['no-cache in the way of HTTP/1.0, and max-age, which counts', { pragma: 'no-cache', 'cache-control': 'max-age=7' }, 7000],
  ])('where the response says %s', (_, headers, life) => {
    expect(lifeOf(headers)).toBe(life)
  })

  it.each<[string, Record<string, string>, number]>([
    ['no-store, with a time at which it ended', { 'cache-control': 'no-store', expires: '0' }, 60_000],
    ['no-cache in the way of HTTP/1.0', { pragma: 'no-cache', expires: '0' }, 60_000],
    ['that it has ended and nothing else', { expires: '0' }, 0],
  ])('if no-store is ignored, where it says %s', (_, headers, life) => {
    expect(lifeOf(headers, true)).toBe(life)
  })

  it('is none by a clock that gives no number, where that is needed', () => {
    const headers = new Headers({ expires: at(7) })
    expect(answerLife(headers, { maxTtlMs: 60_000, ignoreNoStore: false, now: Number.NaN })).toBe(0)
  })
})
