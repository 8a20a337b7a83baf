/** A prime that divides none of the numbers of tokens, so that every token has its turn. */
const stride = 7919

/** All tokens over and over, in another order than that in which they were made. */
export function reused(tokens: readonly string[]): () => string {
  return cycle(tokens)
}

/**
 * The same, but each time a new string, as from a socket. A string keeps its hash once it has been computed, so with the same object
 * again, a cache would be timed without the hashing that every real request costs.
 */
export function freshlyRead(tokens: readonly string[]): () => string {
  const next = cycle(tokens.map((token) => Buffer.from(token, 'latin1')))
  return () => next().toString('latin1')
}

function cycle<Item>(items: readonly Item[]): () => Item {
  let at = 0
  return () => {
    at = (at + stride) % items.length
    const item = items[at]
    if (item === undefined) throw new Error('there are no tokens')
    return item
  }
}
