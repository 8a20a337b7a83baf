/** What an item of a `RecencyList` has to have room for. */
export interface Neighbours<Item> {
  older: Item | undefined
  newer: Item | undefined
}

/**
 * Items from the least to the most recently used, every operation in constant time. A map alone, which iterates in the order
 * of insertion, would not do: to find its first key, an engine walks over all that were deleted before it.
 */
export class RecencyList<Item extends Neighbours<Item>> {
  oldest: Item | undefined
  #newest: Item | undefined
  /** The last item that was visited; `undefined` before the oldest. */
  #visited: Item | undefined

  /** Adds an item that is in no list, as the most recently used. */
  add(item: Item): void {
    item.older = this.#newest
    if (this.#newest === undefined) this.oldest = item
    else this.#newest.newer = item
    this.#newest = item
  }

  /** Makes an item the most recently used. */
  touch(item: Item): void {
    this.remove(item)
    this.add(item)
  }

  remove(item: Item): void {
    if (item === this.#visited) this.#visited = item.older
    if (item.older === undefined) this.oldest = item.newer
    else item.older.newer = item.newer
    if (item.newer === undefined) this.#newest = item.older
    else item.newer.older = item.older
    item.older = item.newer = undefined
  }

  /** Goes from item to item in turn, and from the newest back to the oldest; changes in between do not lead it astray. */
  visitNext(): Item | undefined {
    this.#visited = this.#visited?.newer ?? this.oldest
    return this.#visited
  }
}
