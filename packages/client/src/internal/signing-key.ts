import { ConfigurationError, SingleFlight } from '@bailiwick/protocol'
import { importJWK, type JWK } from 'jose'
import type { PrivateKey } from 'oauth4webapi'
import type { SigningKey } from '../client-authentication.js'

/**
 * Imports a private key once, at its first use, not extractable. A function is asked for the key at each use, and what it gives is imported
 * when it is another than before.
 *
 * @throws {ConfigurationError} `named` and what is wrong with it, never the key
 */
export function createSigningKey(named: string, { privateKey, algorithm, kid }: SigningKey): () => Promise<PrivateKey> {
  let given: CryptoKey | JWK | undefined
  // Not the promise of it: Workers end that with the request that began it.
  let imported: PrivateKey | undefined
  const importing = new SingleFlight<PrivateKey>()
  return async () => {
    const current = typeof privateKey === 'function' ? await askFor(named, privateKey) : privateKey
    if (current !== given) {
      given = current
      imported = undefined
      importing.abandon()
    }
    return (
      imported ??
      importing.run(async () => {
        const key = await importKey(named, current, { algorithm, kid })
        // The function may have given another key since.
        if (current === given) imported = key
        return key
      })
    )
  }
}

async function askFor(named: string, give: () => CryptoKey | JWK | Promise<CryptoKey | JWK>): Promise<CryptoKey | JWK> {
  try {
    return await give()
  } catch (cause) {
    throw new ConfigurationError(`${named} is a function that gave no key: see the cause.`, { cause })
  }
}

async function importKey(
  named: string,
  privateKey: CryptoKey | JWK,
  { algorithm, kid }: Pick<SigningKey, 'algorithm' | 'kid'>,
): Promise<PrivateKey> {
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
