import { isThenable } from '@bailiwick/protocol'
import { decodeKnownBase64url, sha256 } from '#platform'

/** What an answer depends on besides the token. Verifiers that differ in any of it share no answers. */
export interface AnswerScope {
  readonly issuer: string
  /** The introspection endpoint, if it is configured. */
  readonly endpoint: string | undefined
  readonly clientId: string
  readonly audience: readonly string[] | null
  /** The response format. */
  readonly response: string
  /** The `storeSecret`, as base64url. */
  readonly secret?: string | undefined
}

/** The key of a token's answer in the store, and the key that encrypts it. */
export interface AnswerKeys {
  /** The key in the store. It does not reveal the token. */
  storeKeyOf(token: string): string | Promise<string>
  /** The encryption key: 32 bytes derived from the token, and from the secret if there is one. */
  sealKeyOf(token: string): Promise<Uint8Array>
}

/**
 * Both keys are hashes of the scope and the token. The scope is JSON, which ends unambiguously, so two different pairs of scope
 * and token never give the same text.
 */
export function createAnswerKeys({ issuer, endpoint, clientId, audience, response, secret }: AnswerScope): AnswerKeys {
  const parts = [issuer, endpoint ?? null, clientId, audience, response]
  const scopeFor = (purpose: string, ...more: string[]) => JSON.stringify(['bailiwick introspection 2', purpose, ...parts, ...more])
  const scope = scopeFor('key')
  const sealScope = secret === undefined ? scopeFor('seal') : scopeFor('seal', secret)

  return {
    storeKeyOf(token) {
      const hash = sha256(scope + token)
      return isThenable(hash) ? hash.then((later) => prefix + later) : prefix + hash
    },
    async sealKeyOf(token) {
      return decodeKnownBase64url(await sha256(sealScope + token))
    },
  }
}

/** Tells operators what an entry of a shared store is. */
const prefix = 'introspection:'
