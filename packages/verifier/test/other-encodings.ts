/** JSON as no token may have it: in another encoding than UTF-8, or in what is none. */
export const encodings: readonly [name: string, encode: (json: string) => Uint8Array<ArrayBuffer>][] = [
  ['UTF-16', (json) => utf16(json)],
  ['UTF-16 after a mark', (json) => utf16(`\ufeff${json}`)],
  ['UTF-16 with the larger half first', (json) => swapped(utf16(json))],
  ['UTF-16 with the larger half first, after a mark', (json) => swapped(utf16(`\ufeff${json}`))],
  ['UTF-32', (json) => new Uint8Array(Uint32Array.from(json, (character) => character.charCodeAt(0)).buffer)],
  ['Latin 1', (json) => Uint8Array.from(Buffer.from(json.replace('{', '{"x":"\u00e9",'), 'latin1'))],
  ['UTF-8 with a byte that no character has', (json) => withName(json, 0xff)],
  ['UTF-8 with a character cut short', (json) => withName(json, 0xe2, 0x82)],
  ['UTF-8 with a character in more bytes than it needs', (json) => withName(json, 0xc1, 0xa1)],
  ['UTF-8 with half of a pair', (json) => withName(json, 0xed, 0xa0, 0x80)],
  ['UTF-8 with a character beyond the last', (json) => withName(json, 0xf4, 0x90, 0x80, 0x80)],
]

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, 'utf16le'))
}

function swapped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(bytes).swap16())
}

/** One member more, whose name is these bytes. */
function withName(json: string, ...bytes: number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...Buffer.from('{"'), ...bytes, ...Buffer.from('":1,'), ...Buffer.from(json.slice(1))])
}
