import type { Answer } from './world.js'

/** The status, the `error` of the challenge and the `Retry-After`, as far as there are any: `401 invalid_token`. */
export function describe({ status, challenge, retryAfter }: Answer): string {
  const [, error] = /\berror="?([a-z_]+)"?/.exec(challenge) ?? []
  const words = [String(status), ...(error === undefined ? [] : [error])].join(' ')
  return retryAfter === null ? words : `${words}, Retry-After: ${retryAfter}`
}

/** Several answers: each kind once, with its number when there are several kinds. */
export function describeAll(answers: readonly Answer[]): string {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(describe(answer), (counts.get(describe(answer)) ?? 0) + 1)
  const kinds = [...counts].map(([words, count]) => (counts.size === 1 ? words : `${count} × ${words}`))
  return kinds.join('; ')
}
