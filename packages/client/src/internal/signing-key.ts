import { ConfigurationError } from '@bailiwick/protocol'
import { importJWK } from 'jose'
import type { PrivateKey } from 'oauth4webapi'
import type { SigningKey } from '../client-authentication.js'

/**
 * Imports a private key once, at its first use, not extractable.
 *
 * @throws {ConfigurationError} `named` and what is wrong with it, never the key
 */
export function createSigningKey(named: string, { privateKey, algorithm, kid }: SigningKey): () => Promise<PrivateKey> {
  let imported: Promise<PrivateKey> | undefined
  return () => (imported ??= importKey(named, { privateKey, algorithm, kid }))
}

async function importKey(named: string, { privateKey, algorithm, kid }: SigningKey): Promise<PrivateKey> {
  const jwk = privateKey instanceof CryptoKey ? undefined : { ...privateKey, ext: false }
  const key = jwk === undefined ? (privateKey as CryptoKey) : await importJWK(jwk, algorithm ?? jwk.alg).catch(() => undefined)
  if (!(key instanceof CryptoKey) || key.type !== 'private') {
    throw new ConfigurationError(
      `${named} is no private key that can be used: give a CryptoKey, or a JWK with its private members and "alg".`,
    )
  }
  const keyId = kid ?? jwk?.kid
  return { key, ...(keyId !== undefined && { kid: keyId }) }
}
