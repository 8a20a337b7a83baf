/** Whether a text is a token by RFC 6749 appendix A.12 and A.17, which can so go into a header or a form, and of a size that servers take. */
export function isTokenText(text: string): boolean {
  return text.length <= 65_536 && /^[\x20-\x7e]+$/.test(text)
}
