const longest = 200

/** A text of somebody else's, as it can stand in a message: at most 200 characters, and printable ASCII, so that it ends up in no log as something else. */
export function showText(text: string): string {
  const printable = text.slice(0, longest).replaceAll(/[^ -~]/g, '?')
  return text.length > longest ? `${printable}…` : printable
}
