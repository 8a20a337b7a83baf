import { parseCacheControl } from '@bailiwick/protocol'

export interface AnswerLifeLimits {
  readonly maxTtlMs: number
  readonly ignoreNoStore: boolean
}

/**
 * How long a response may be used by what its header says of it, in milliseconds. One that is not to be stored counts, if that is
 * to be ignored, as one that says nothing: servers that say `no-store` of everything say `max-age=0` with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2 RFC 9111 §5.2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-4 RFC 7662 §4} (how long is a trade-off)
 */
export function answerLife(headers: Pick<Headers, 'get'>, { maxTtlMs, ignoreNoStore }: AnswerLifeLimits): number {
  const { noStore, noCache, maxAgeSeconds = Number.POSITIVE_INFINITY } = parseCacheControl(headers)
  if (noStore || noCache) return ignoreNoStore ? maxTtlMs : 0
  return Math.min(maxTtlMs, maxAgeSeconds * 1000)
}
