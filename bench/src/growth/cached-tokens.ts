import { createSigningKey } from '../issuer/signing-key.js'
import { interleaved, undisturbedMicros } from '../timing/interleaved.js'
import { type Subject, timeInTurn } from '../timing/timed-round.js'
import { freshlyRead } from '../timing/token-source.js'
import { countedBytes } from './counted-bytes.js'
import { cachers, fill, type FilledCache } from './filled-cache.js'
import type { MeasureGrowth } from './growth-part.js'
import { signLargeToken, signSmallToken, signTypicalToken } from './typical-token.js'

/** The memory of fewer entries than this cannot be measured. */
const leastWeighed = 1000

/** Measures the time of a cache hit in caches of different sizes, and the memory of an entry. */
export const measureCachedTokens: MeasureGrowth = async ({ progress, quick }) => {
  const counts = quick ? [1, 1000] : [1, 100, 1000, 10_000, 100_000]
  const rounds = quick ? { warmUp: 1, timed: 2 } : { warmUp: 5, timed: 31 }
  const key = createSigningKey('ES256')

  progress('cached tokens: bytes an entry')
  const weighed = quick ? 1000 : 10_000
  const sizes = []
  for (const [name, sign] of Object.entries({ small: signSmallToken, typical: signTypicalToken, large: signLargeToken })) {
    const tokens = Array.from({ length: weighed }, () => sign(key))
    // All are kept until the end: memory that is freed meanwhile would be missing from the growth.
    const filled: FilledCache[] = []
    for (const cacher of cachers) filled.push(await fill(cacher, key, asBytes(tokens)))
    sizes.push({ name, characters: tokens[0]?.length ?? 0, filled, counted: await countedBytes(key, tokens.slice(0, weighed / 2)) })
  }

  progress('cached tokens: time of a hit')
  const tokens = Array.from({ length: Math.max(...counts) }, () => signTypicalToken(key))
  const caches: (Subject & { count: number; bytesPerEntry: number })[] = []
  for (const count of counts) {
    const some = tokens.slice(0, count)
    caches.push({ count, next: freshlyRead(some), verify: (token: string): unknown => token, bytesPerEntry: 0 })
    for (const cacher of cachers) caches.push({ count, next: freshlyRead(some), ...(await fill(cacher, key, asBytes(some))) })
  }
  const micros = (await interleaved(caches, rounds, timeInTurn)).map(undisturbedMicros)
  const perCount = 1 + cachers.length
  const rows = counts.map((count, n) => {
    const at = n * perCount
    const bytes = caches.slice(at + 1, at + perCount).map((cache) => (count < leastWeighed ? '' : inBytes(cache.bytesPerEntry)))
    return [count.toLocaleString('en'), ...micros.slice(at, at + perCount).map((time) => time.toFixed(2)), ...bytes]
  })
  const names = cachers.map(({ name }) => name)

  return {
    notes: [
      `Cached tokens: ES256 with the claims that access tokens commonly have, ${tokens[0]?.length} characters. Each call gets a string of its own (its cost is in the figures, and in the column of its own), in an order that is not that of the cache. Bytes are the growth of heap and external memory after garbage collection; fast-jwt keeps a hash instead of the token.`,
    ],
    packages: ['@bailiwick/verifier', 'fast-jwt'],
    tables: [
      {
        title: 'Cached tokens: a hit, one after another, in µs',
        table: { head: ['tokens', 'making the string', ...names, ...names.map((name) => `${name}: an entry`)], rows },
      },
      {
        title: `Cached tokens: an entry, with ${weighed.toLocaleString('en')} of them`,
        table: {
          head: ['token', 'characters', ...names, 'as `cache.maxBytes` of Bailiwick counts it'],
          rows: sizes.map(({ name, characters, filled, counted }) => [
            name,
            String(characters),
            ...filled.map(({ bytesPerEntry }) => inBytes(bytesPerEntry)),
            inBytes(counted),
          ]),
        },
      },
    ],
    samples: { sizes, hits: caches.map(({ count, bytesPerEntry }, n) => ({ count, bytesPerEntry, micros: micros[n] })) },
  }
}

function asBytes(tokens: readonly string[]): Buffer[] {
  return tokens.map((token) => Buffer.from(token, 'latin1'))
}

function inBytes(bytes: number): string {
  return `${Math.round(bytes).toLocaleString('en')} B`
}
