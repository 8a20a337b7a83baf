import { createSigningKey } from '../issuer/signing-key.js'
import { interleaved, undisturbedMicros } from '../timing/interleaved.js'
import { timeInTurn } from '../timing/timed-round.js'
import { freshlyRead } from '../timing/token-source.js'
import type { MeasureGrowth } from './growth-part.js'
import { jwksVerifiers } from './jwks-verifiers.js'
import { signTypicalToken } from './typical-token.js'

const tokenCount = 1000

/** Measures the cost of finding the key of a token by its `kid` among many. */
export const measureManyKeys: MeasureGrowth = async ({ progress, quick }) => {
  progress('keys')
  const counts = quick ? [1, 10] : [1, 10, 100, 1000]
  const rounds = quick ? { warmUp: 1, timed: 2 } : { warmUp: 5, timed: 31 }
  const all = Array.from({ length: Math.max(...counts) }, () => createSigningKey('ES256'))
  const subjects = []
  for (const count of counts) {
    const keys = all.slice(0, count)
    const jwks = keys.map(({ jwk }) => jwk)
    const tokens = Array.from({ length: tokenCount / keys.length }, () => keys.map((key) => signTypicalToken(key))).flat()
    for (const { create } of jwksVerifiers) {
      const verify = create(jwks)
      for (const token of tokens) await verify(token)
      subjects.push({ verify, next: freshlyRead(tokens) })
    }
  }
  const micros = (await interleaved(subjects, rounds, timeInTurn)).map(undisturbedMicros)
  const rows = counts.map((count, n) => {
    const own = micros.slice(n * jwksVerifiers.length, (n + 1) * jwksVerifiers.length)
    return [count.toLocaleString('en'), ...own.map((time) => time.toFixed(1))]
  })

  return {
    notes: [
      `Keys: ES256, each with its \`kid\`, and ${tokenCount.toLocaleString('en')} tokens that are signed with all of them in turn; each was verified once before.`,
      ...jwksVerifiers.map(({ name, call }) => `Keys, ${name}: \`${call}\``),
    ],
    packages: ['@bailiwick/verifier', 'jose', 'aws-jwt-verify'],
    tables: [
      {
        title: 'Keys in the set: one verification by `kid`, one after another, in µs',
        table: { head: ['keys', ...jwksVerifiers.map(({ name }) => name)], rows },
      },
    ],
    samples: rows,
  }
}
