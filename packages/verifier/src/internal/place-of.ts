/** A URL for messages, without its query, which may hold a secret. */
export function placeOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
