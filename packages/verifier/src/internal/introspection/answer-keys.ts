import { isThenable } from '@bailiwick/protocol'
import { decodeKnownBase64url, sha256 } from '#platform'

/** What an answer depends on besides the token: two verifiers that differ in any of it have nothing to share. */
export interface AnswerScope {
  readonly issuer: string
  /** The URL that is asked, if it is not the one in the issuer's metadata. */
  readonly endpoint: string | undefined
  readonly clientId: string
  readonly audience: readonly string[] | null
  /** The form of the answers. */
  readonly response: string
  /** What whoever seals an answer has to have besides the token, as base64url. */
  readonly secret?: string | undefined
}

/** Where the answer on a token is kept, and how it is sealed. */
export interface AnswerKeys {
  /** The key in the store. It does not tell the token. */
  storeKeyOf(token: string): string | Promise<string>
  /** 32 bytes that cannot be had without the token, and the secret if there is one. */
  sealKeyOf(token: string): Promise<Uint8Array>
}

/**
 * Hashes, made over the scope and the token. The scope is JSON, which tells by itself where it ends, so that no other scope and token
 * come to the same text.
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
