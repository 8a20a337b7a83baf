const maxLength = 80

/** A foreign value as it may stand in a message: quoted, without control characters, and cut short. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}
