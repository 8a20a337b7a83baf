import type { Answer } from './world.js'

/** The status, with the `error` of the challenge and the `Retry-After` if there are any: `401 invalid_token`. */
export function describe({ status, challenge, retryAfter }: Answer): string {
  const [, error] = /\berror="?([a-z_]+)"?/.exec(challenge) ?? []
  const words = [String(status), ...(error === undefined ? [] : [error])].join(' ')
  return retryAfter === null ? words : `${words}, Retry-After: ${retryAfter}`
}

/** Describes several answers: each kind once, and how many there were of it if there is more than one kind. */
export function describeAll(answers: readonly Answer[]): string {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(describe(answer), (counts.get(describe(answer)) ?? 0) + 1)
  const kinds = [...counts].map(([words, count]) => (counts.size === 1 ? words : `${count} × ${words}`))
  return kinds.join('; ')
}
