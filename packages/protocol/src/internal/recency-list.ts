/** A place in a `RecencyList`. */
export interface Link<Item> {
  readonly item: Item
  older: Link<Item> | undefined
  newer: Link<Item> | undefined
}

/**
 * Items from the least to the most recently used, every operation in constant time. A map alone, which iterates in the order
 * of insertion, would not do: to find its first key, an engine walks over all that were deleted before it.
 */
export class RecencyList<Item> {
  oldest: Link<Item> | undefined
  #newest: Link<Item> | undefined
  /** The last link that was visited; `undefined` before the oldest. */
  #visited: Link<Item> | undefined

  add(item: Item): Link<Item> {
    const link: Link<Item> = { item, older: undefined, newer: undefined }
    this.#append(link)
    return link
  }

  /** Makes an item the most recently used. */
  touch(link: Link<Item>): void {
    this.remove(link)
    this.#append(link)
  }

  remove(link: Link<Item>): void {
    if (link === this.#visited) this.#visited = link.older
    if (link.older === undefined) this.oldest = link.newer
    else link.older.newer = link.newer
    if (link.newer === undefined) this.#newest = link.older
    else link.newer.older = link.older
    link.older = link.newer = undefined
  }

  /** Goes from item to item in turn, and from the newest back to the oldest; changes in between do not lead it astray. */
  visitNext(): Link<Item> | undefined {
    this.#visited = this.#visited?.newer ?? this.oldest
    return this.#visited
  }

  #append(link: Link<Item>): void {
    link.older = this.#newest
    if (this.#newest === undefined) this.oldest = link
    else this.#newest.newer = link
    this.#newest = link
  }
}
