import { parseCacheControl } from '@bailiwick/protocol'
import { parseHttpDate } from './http-date.js'

export interface AnswerLifeLimits {
  readonly maxTtlMs: number
  readonly ignoreNoStore: boolean
}

export interface AnswerLifeInput extends AnswerLifeLimits {
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * How long a response may be cached according to its headers, in milliseconds. With `ignoreNoStore`, a `no-store` response is
 * treated as if it had no `Cache-Control`: servers that always send `no-store` send `max-age=0` with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5 RFC 9111 §5.2.2, §5.3 (`Expires`) and §5.4} (`Pragma`)
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-4 RFC 7662 §4} (how long is a trade-off)
 */
export function answerLife(headers: Pick<Headers, 'get'>, { maxTtlMs, ignoreNoStore, now }: AnswerLifeInput): number {
  const { noStore, noCache, maxAgeSeconds } = parseCacheControl(headers)
  if (noStore || noCache || isNotToBeCached(headers)) return ignoreNoStore ? maxTtlMs : 0
  return Math.min(maxTtlMs, maxAgeSeconds === undefined ? lifeByExpires(headers, now) : maxAgeSeconds * 1000)
}

/** `Pragma: no-cache` is from HTTP/1.0. It is ignored if there is a `Cache-Control`. */
function isNotToBeCached(headers: Pick<Headers, 'get'>): boolean {
  const pragma = headers.get('pragma')
  return pragma !== null && headers.get('cache-control') === null && /(?:^|,)\s*no-cache\s*(?:,|$)/i.test(pragma)
}

/** Relative to the server's own clock (`Date`), if it is sent. An invalid date, such as `0`, means already expired. */
function lifeByExpires(headers: Pick<Headers, 'get'>, now: number): number {
  const expires = headers.get('expires')
  if (expires === null) return Number.POSITIVE_INFINITY
  const sentAt = parseHttpDate(headers.get('date') ?? '')
  const life = parseHttpDate(expires) - (Number.isNaN(sentAt) ? now : sentAt)
  return life > 0 ? life : 0
}
