const bytesOfIv = 12

/** Closes texts so that nobody but this process can read or make them. */
export interface Seal {
  /** For one purpose: a text that was closed for another does not open. */
  close(purpose: string, text: string): Promise<string>
  /** `undefined` for what is no text that was closed here, or one that was edited. */
  open(purpose: string, sealed: string): Promise<string | undefined>
}

/** Makes a seal (AES-256-GCM) whose key lives as long as the process: a restart logs everybody out. */
export function createSeal(): Seal {
  const key = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const algorithm = (purpose: string, iv: Buffer) => ({ name: 'AES-GCM', iv, additionalData: Buffer.from(purpose) })
  return {
    async close(purpose, text) {
      const iv = Buffer.from(crypto.getRandomValues(new Uint8Array(bytesOfIv)))
      const sealed = await crypto.subtle.encrypt(algorithm(purpose, iv), await key, Buffer.from(text))
      return Buffer.concat([iv, Buffer.from(sealed)]).toString('base64url')
    },
    async open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const text = await crypto.subtle.decrypt(algorithm(purpose, bytes.subarray(0, bytesOfIv)), await key, bytes.subarray(bytesOfIv))
        return Buffer.from(text).toString()
      } catch {
        return undefined
      }
    },
  }
}
