// RFC 8628 §6.1: no vowels, so that no words come out, and no characters that look alike.
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ'
const length = 8
// The most even share of 256 values: a larger byte would make the first letters likelier.
const usableBytes = 256 - (256 % alphabet.length)

/** Makes a user code such as `WDJB-MJHT`: eight of twenty letters, 34 bits. */
export function createUserCode(): string {
  let letters = ''
  while (letters.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < usableBytes && letters.length < length) letters += alphabet[byte % alphabet.length] ?? ''
    }
  }
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** What a person typed, in the form in which codes are compared: without case, spaces and punctuation. */
export function normalizeUserCode(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
