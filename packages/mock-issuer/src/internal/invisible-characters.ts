// Control characters reach into a terminal; what shows as nothing, or turns what follows around, is what nobody finds.
const invisible = /[\p{Cc}\p{Cf}]/gu

/** A text for a terminal: each character that would be none there is a question mark, so that nothing moves. */
export function printable(text: string): string {
  return text.replaceAll(invisible, '?')
}

/** A text for a page: each character that would not be seen is written as its code, as in `\u{202e}`. */
export function visible(text: string): string {
  return text.replaceAll(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
