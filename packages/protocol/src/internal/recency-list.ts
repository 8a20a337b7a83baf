/** The members of an item that a `RecencyList` uses for its links. */
export interface Neighbours<Item> {
  older: Item | undefined
  newer: Item | undefined
}

/**
 * A doubly linked list, from the least to the most recently used item; every operation takes constant time. The insertion order of a
 * `Map` would not do: to find its first key, an engine walks over all entries that were deleted before it.
 */
export class RecencyList<Item extends Neighbours<Item>> {
  oldest: Item | undefined
  #newest: Item | undefined
  /** The item that was visited last; `undefined` if the next visit is of the oldest. */
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

  /** Visits one item after the other, and after the newest the oldest again, even if the list changes in between. */
  visitNext(): Item | undefined {
    this.#visited = this.#visited?.newer ?? this.oldest
    return this.#visited
  }
}
