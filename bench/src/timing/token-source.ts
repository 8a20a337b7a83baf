/** A prime that divides none of the numbers of tokens, so that every one of them has its turn. */
const stride = 7919

/** All of the tokens over and over, in an order that is not the one in which they were made. */
export function reused(tokens: readonly string[]): () => string {
  return cycle(tokens)
}

/**
 * The same, each time as a string that was made for this call, as from a socket. A string keeps its hash once that has been
 * computed, so a cache that is asked with the same object again would be timed without the hash that every real request costs.
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
