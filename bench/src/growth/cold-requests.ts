import { createIssuer } from '../issuer/issuer.js'
import { median } from '../quantile.js'
import { coldVerifiers } from './cold-verifiers.js'
import type { MeasureGrowth } from './growth-part.js'

/** Measures many concurrent requests to an API that has just started, and what its issuer is asked. */
export const measureColdRequests: MeasureGrowth = async ({ progress, quick }) => {
  progress('cold requests')
  const counts = [1, 8, 64]
  const rounds = quick ? 1 : 21
  const issuer = await createIssuer()
  const tokens = await Promise.all(Array.from({ length: Math.max(...counts) }, (_, n) => issuer.token({ claims: { jti: `token-${n}` } })))
  const starts = counts.flatMap((count) =>
    coldVerifiers.map((verifier) => ({ count, verifier, milliseconds: [] as number[], fetches: [] as number[] })),
  )
  // The first rounds open the connections, and are not counted.
  for (let round = -2; round < rounds; round++) {
    for (const { count, verifier, milliseconds, fetches } of starts) {
      const verify = verifier.create(issuer)
      const requestsBefore = issuer.requests()
      const started = performance.now()
      await Promise.all(tokens.slice(0, count).map(verify))
      const elapsed = performance.now() - started
      if (round < 0) continue
      milliseconds.push(elapsed)
      fetches.push(issuer.requests() - requestsBefore)
    }
  }
  await issuer.close()
  const rows = counts.map((count) => {
    const cells = starts
      .filter((start) => start.count === count)
      .map(({ milliseconds, fetches }) => `${median(milliseconds).toFixed(1)} ms, ${describeFetches(Math.max(...fetches))}`)
    return [String(count), ...cells]
  })

  return {
    notes: [
      `Cold requests: tokens that are presented at once to a verifier that was just made and has no keys; ES256, distinct tokens, the issuer on loopback in the same process. The median of ${rounds} rounds in turn, and the most fetches of any of them.`,
      ...coldVerifiers.map(({ name, call }) => `Cold requests, ${name}: \`${call}\``),
    ],
    packages: ['@bailiwick/verifier', 'jose', 'aws-jwt-verify'],
    tables: [
      {
        title: 'Concurrent cold requests: until all are answered, and what the issuer was asked',
        table: { head: ['requests', ...coldVerifiers.map(({ name }) => name)], rows },
      },
    ],
    samples: starts.map(({ count, verifier, milliseconds, fetches }) => ({ count, verifier: verifier.name, milliseconds, fetches })),
  }
}

function describeFetches(count: number): string {
  return count === 1 ? '1 fetch' : `${count} fetches`
}
