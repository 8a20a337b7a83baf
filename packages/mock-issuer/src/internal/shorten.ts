/** The beginning of a long text, with an ellipsis for the rest: at most so many UTF-16 units with it. No character is cut in two. */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  return `${text.slice(0, maxCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
