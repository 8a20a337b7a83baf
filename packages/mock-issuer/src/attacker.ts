import type { JSONWebKeySet, JWK } from 'jose'
import { createCertificateChain } from './internal/forgeries/certificate.js'
import { toPem } from './internal/forgeries/der.js'
import { createSigningKeys, toJwks } from './internal/signing/signing-keys.js'
import type { SigningKeys } from './internal/signing/signing-keys.js'
import { signJws } from './internal/signing/sign-jws.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/** Somebody with keys of their own, and a place on the network to serve them from. Nothing that an attacker signs is to be accepted. */
export interface Attacker {
  /** Where `jku` points to: serve `jwks()` there. */
  readonly jwksUrl: string
  /** Where `x5u` points to: serve `certificates()` there. */
  readonly certificatesUrl: string
  /** Signs any header and payload with the attacker's key for the algorithm. */
  sign(input: { header: object; payload: object; algorithm: SigningAlgorithm }): Promise<string>
  /** The public key, with its `kid`. */
  publicJwk(algorithm: SigningAlgorithm): Promise<JWK>
  /** A certificate for that key and the one of the authority that the attacker made up, each in the form of `x5c` (RFC 7515 §4.1.6). */
  certificateChain(algorithm: SigningAlgorithm): Promise<readonly string[]>
  /** The keys that were used so far. */
  jwks(): Promise<JSONWebKeySet>
  /** The certificates of the keys that were used so far, in PEM (RFC 7515 §4.1.5). */
  certificates(): Promise<string>
  /** The same attacker with other addresses, below the first ones, to tell who asked for them. */
  at(path: string): Attacker
}

/** Where an attacker is. */
export interface AttackerOptions {
  /** Below it are the addresses. Default `https://attacker.example.com`, where nobody answers. */
  url?: string
}

/** Creates an attacker. Keys are made when they are first needed. */
export function createAttacker({ url = 'https://attacker.example.com' }: AttackerOptions = {}): Attacker {
  return attackerAt(url, createSigningKeys('ES256'), new Map())
}

function attackerAt(url: string, keys: SigningKeys, chains: Map<SigningAlgorithm, Promise<readonly string[]>>): Attacker {
  function certificateChain(algorithm: SigningAlgorithm): Promise<readonly string[]> {
    const made = chains.get(algorithm) ?? keys.current(algorithm).then(({ publicKey }) => createCertificateChain(publicKey))
    chains.set(algorithm, made)
    return made
  }
  return {
    jwksUrl: `${url}/jwks.json`,
    certificatesUrl: `${url}/certificates.pem`,
    sign: async ({ algorithm, ...input }) => signJws({ ...input, key: await keys.current(algorithm) }),
    publicJwk: async (algorithm) => (await keys.current(algorithm)).publicJwk,
    certificateChain,
    jwks: async () => toJwks(await keys.published()),
    async certificates() {
      const published = await Promise.all((await keys.published()).map(({ algorithm }) => certificateChain(algorithm)))
      return published
        .flat()
        .map((certificate) => toPem('CERTIFICATE', certificate))
        .join('\n')
    },
    at: (path) => attackerAt(`${url}/${path}`, keys, chains),
  }
}
