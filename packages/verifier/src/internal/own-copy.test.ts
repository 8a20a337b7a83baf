import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { ownCopyOf } from './own-copy.js'

it.each(['', 'eyJhbGciOiJFUzI1NiJ9', '"\\\u2028', 'é\ud800'])('is the same text, whatever is in it: %j', (text) => {
  expect(ownCopyOf(text)).toBe(text)
})

it('does not keep in memory what the text was a part of', () => {
  const before = usedBytes()
  const kept = Array.from({ length: 100 }, () => ownCopyOf(Buffer.alloc(500_000, 'x').toString('latin1').slice(0, 100)))
  const growth = usedBytes() - before
  expect(kept.join('')).toHaveLength(10_000)
  // Of the 50 MB that it was cut from. Other tests of the process may have left some work to the collector.
  expect(growth).toBeLessThan(25_000_000)
})

/** What is in use once all that is not has been collected. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // What the first run finds to be unused is let go of by the next.
  for (let run = 0; run < 3; run += 1) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
