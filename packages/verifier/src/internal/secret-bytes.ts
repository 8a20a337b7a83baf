/** The least that 256 bits of randomness fit into. */
export const minSecretBytes = 32

/** Whether an option is a secret that is long enough. Whether it is random cannot be seen. */
export function isSecretBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length >= minSecretBytes
}
