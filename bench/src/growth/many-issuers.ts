import { createSigningKey } from '../issuer/signing-key.js'
import { median } from '../quantile.js'
import { interleaved, undisturbedMicros } from '../timing/interleaved.js'
import { timeInTurn } from '../timing/timed-round.js'
import { freshlyRead } from '../timing/token-source.js'
import type { MeasureGrowth } from './growth-part.js'
import { createWithoutKeys, issuersVerifiers } from './issuer-verifiers.js'
import { signTypicalToken } from './typical-token.js'

const tokenCount = 1000

/** Measures the cost of trusting many issuers. */
export const measureManyIssuers: MeasureGrowth = async ({ progress, quick }) => {
  progress('issuers')
  const counts = quick ? [1, 100] : [1, 100, 1000, 10_000]
  const rounds = quick ? { warmUp: 1, timed: 2 } : { warmUp: 5, timed: 31 }
  const all = Array.from({ length: Math.max(...counts) }, (_, n) => {
    const key = createSigningKey('ES256')
    return { issuer: `https://login-${n}.example.com`, key, jwk: key.jwk }
  })
  const constructions: number[][] = []
  const subjects = []
  for (const count of counts) {
    const issuers = all.slice(0, count)
    const apart = Math.max(1, count / tokenCount)
    const signers = Array.from({ length: tokenCount }, (_, n) => issuers[(n * apart) % count] ?? issuers[0])
    const tokens = signers.flatMap((signer) => (signer === undefined ? [] : [signTypicalToken(signer.key, signer.issuer)]))
    const [ours, , theirs] = issuersVerifiers
    constructions.push([
      millisecondsOf(() => createWithoutKeys(issuers)),
      millisecondsOf(() => ours?.create(issuers)),
      millisecondsOf(() => theirs?.create(issuers)),
    ])
    for (const { create } of issuersVerifiers) {
      const verify = create(issuers)
      for (const token of tokens) await verify(token)
      subjects.push({ verify, next: freshlyRead(tokens) })
    }
  }
  const micros = (await interleaved(subjects, rounds, timeInTurn)).map(undisturbedMicros)
  const rows = counts.map((count, n) => {
    const own = micros.slice(n * issuersVerifiers.length, (n + 1) * issuersVerifiers.length)
    const made = constructions[n] ?? []
    return [count.toLocaleString('en'), ...own.map((time) => time.toFixed(1)), ...made.map((time) => `${time.toFixed(2)} ms`)]
  })
  const made = ['Bailiwick: made, keys to be fetched', 'Bailiwick: made, with keys', 'aws-jwt-verify: made, with keys']

  return {
    notes: [
      `Issuers: a fixed list, one ES256 key each, and ${tokenCount.toLocaleString('en')} tokens of as many issuers as there are; each was verified once before. Making the verifier: the median of three times; Bailiwick reads the keys then, aws-jwt-verify each with its first token.`,
      ...issuersVerifiers.map(({ name, call }) => `Issuers, ${name}: \`${call}\``),
    ],
    packages: ['@bailiwick/verifier', 'aws-jwt-verify'],
    tables: [
      {
        title: 'Trusted issuers: one verification, one after another, in µs; and making the verifier',
        table: { head: ['issuers', ...issuersVerifiers.map(({ name }) => name), ...made], rows },
      },
    ],
    samples: rows,
  }
}

function millisecondsOf(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return median(times)
}
