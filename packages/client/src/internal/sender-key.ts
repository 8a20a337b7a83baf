import { SingleFlight } from '@bailiwick/protocol'
import { calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose'
import { DPoP, type DPoPHandle, generateKeyPair, modifyAssertion } from 'oauth4webapi'
import type { DpopProofRequest } from '../client.js'
import type { ServerClock } from './server-clock.js'
import { sha256 } from './sha-256.js'

/** The key that a client's tokens are bound to (RFC 9449). */
export interface SenderKey {
  thumbprint(): Promise<string>
  /** For requests to the authorization server: it keeps the server's nonces. */
  handle(): Promise<DPoPHandle>
  /** For a request to an API. */
  prove(request: DpopProofRequest): Promise<string>
}

interface Prepared {
  handle: DPoPHandle
  privateKey: CryptoKey
  publicJwk: JWK
  algorithm: string
  thumbprint: string
}

/** Makes or takes the pair at the first use. Proofs are dated by the server's clock. */
export function createSenderKey(given: CryptoKeyPair | undefined, clock: ServerClock): SenderKey {
  // Not the promise of it: Workers end that with the request that began it.
  let ready: Prepared | undefined
  const preparing = new SingleFlight<Prepared>()
  const prepareOnce = async () => {
    const made = await prepare(given, clock)
    return (ready ??= made)
  }
  const prepared = async () => ready ?? preparing.run(prepareOnce)
  return {
    thumbprint: async () => (await prepared()).thumbprint,
    handle: async () => (await prepared()).handle,
    async prove({ method, url, accessToken, nonce }) {
      const { privateKey, publicJwk, algorithm } = await prepared()
      const { origin, pathname } = new URL(url)
      const claims = {
        jti: crypto.randomUUID(),
        htm: method,
        htu: `${origin}${pathname}`,
        iat: clock.serverSeconds(),
        ...(accessToken !== undefined && { ath: await sha256(accessToken) }),
        ...(nonce !== undefined && { nonce }),
      }
      return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: 'dpop+jwt', jwk: publicJwk }).sign(privateKey)
    },
  }
}

async function prepare(given: CryptoKeyPair | undefined, clock: ServerClock): Promise<Prepared> {
  const pair = given ?? (await generateKeyPair('ES256', { extractable: false }))
  const dated = {
    [modifyAssertion](_header: unknown, payload: Record<string, unknown>) {
      payload.iat = clock.serverSeconds()
    },
  }
  const handle = DPoP({}, pair, dated)
  const { kty, crv, x, y, n, e } = await exportJWK(pair.publicKey)
  const publicJwk = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK
  return {
    handle,
    privateKey: pair.privateKey,
    publicJwk,
    algorithm: algorithmOf(pair.privateKey),
    thumbprint: await calculateJwkThumbprint(publicJwk, 'sha256'),
  }
}

/** The JOSE name of the algorithm that a WebCrypto key is for; oauth4webapi has refused the others. */
function algorithmOf({ algorithm }: CryptoKey): string {
  const { name, namedCurve, hash } = algorithm as { name: string; namedCurve?: string; hash?: { name: string } }
  const bits = hash?.name.replace('SHA-', '') ?? ''
  if (name === 'ECDSA') return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[namedCurve ?? ''] ?? ''
  if (name === 'RSA-PSS') return `PS${bits}`
  return name === 'Ed25519' ? 'Ed25519' : `RS${bits}`
}
