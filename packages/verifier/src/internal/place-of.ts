/** A URL as it may stand in a message: without a query, in which there may be a secret. */
export function placeOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
