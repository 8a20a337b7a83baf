/** Does the work for each item, so many at once, and returns what came of it in the order of the items. The first rejection ends it. */
export async function runBounded<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = Array.from<Result>({ length: items.length })
  const queue = items.entries()
  async function takeTurns(): Promise<void> {
    for (const [at, item] of queue) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: concurrency }, takeTurns))
  return results
}
