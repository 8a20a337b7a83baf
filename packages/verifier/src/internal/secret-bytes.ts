/** 256 bits. */
export const minSecretBytes = 32

/** Whether an option is a secret of sufficient length. Randomness cannot be checked. */
export function isSecretBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length >= minSecretBytes
}
