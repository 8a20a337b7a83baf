/** Where a text differs from another: what both begin with, what is its own, and what both end with. */
export interface Difference {
  readonly before: string
  readonly own: string
  readonly after: string
}

/**
 * Where a text differs from the closest of some others, and that one from it; `undefined` when none is close: when they share less than half
 * of the shorter text.
 */
export function closestDifference(
  text: string,
  others: readonly string[],
): { readonly closest: string; readonly text: Difference; readonly other: Difference } | undefined {
  let best: { readonly closest: string; readonly shared: number; readonly start: number; readonly end: number } | undefined
  for (const closest of others) {
    const start = commonStart(text, closest)
    const end = commonEnd(text, closest, Math.min(text.length, closest.length) - start)
    const shared = start + end
    const isClose = shared * 2 >= Math.min(text.length, closest.length) && closest !== text
    if (isClose && shared > (best?.shared ?? 0)) best = { closest, shared, start, end }
  }
  if (best === undefined) return undefined
  const { closest, start, end } = best
  return { closest, text: cutOut(text, start, end), other: cutOut(closest, start, end) }
}

function cutOut(text: string, start: number, end: number): Difference {
  return { before: text.slice(0, start), own: text.slice(start, text.length - end), after: text.slice(text.length - end) }
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[length] === other[length]) length++
  return length
}

function commonEnd(one: string, other: string, most: number): number {
  let length = 0
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length++
  return length
}
