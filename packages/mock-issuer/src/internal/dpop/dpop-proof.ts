import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import type { JWK, JWTPayload } from 'jose'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { maxIdentifierCharacters } from '../replay/used-identifiers.js'
import type { UsedIdentifiers } from '../replay/used-identifiers.js'
import { sha256Base64url } from '../sha256.js'
import { asymmetricAlgorithms } from './asymmetric-algorithms.js'
import { nonceLifetimeMs } from './dpop-nonces.js'
import type { DpopNonces } from './dpop-nonces.js'
import type { DpopSettings } from './dpop-settings.js'
import { readProofKey } from './proof-key.js'

/** What proofs are checked against. */
export interface DpopInput {
  readonly dpop: DpopSettings
  readonly dpopNonces: DpopNonces
  readonly usedIdentifiers: UsedIdentifiers
  issuerName(): string
  now(): number
}

/** A proof that holds. */
export interface DpopProof {
  /** The thumbprint of the key that it was signed with: what tokens are bound to (`cnf.jkt`, RFC 9449 §6.1). */
  readonly jkt: string
}

const maxProofCharacters = 8_192
const maxAgeSeconds = 60
const toleranceSeconds = 5

/**
 * Checks the DPoP proof of a request, in the order of RFC 9449 §4.3, and takes its `jti`, so that it cannot come a second time. The URL
 * that it must be for is the one that the issuer goes by, whatever the `Host` of the request is. It may be 60 seconds old and five
 * ahead; one with a nonce is as old as the nonce. Does not check that the access token is bound to the key: its `cnf` is the caller's.
 *
 * @param accessToken the token that the request presents, which the proof must be made for (`ath`); `undefined` where there is none
 * @returns the proof, or `undefined` if the request has none
 * @throws {OAuthRefusal} `invalid_dpop_proof`, or `use_dpop_nonce`; wrap the handler in `offerDpopNonce`, which adds the nonce;
 * `temporarily_unavailable`, 503, while too many proofs are remembered
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}
 */
export async function readDpopProof(request: Request, input: DpopInput, accessToken?: string): Promise<DpopProof | undefined> {
  const proof = request.headers.get('dpop')
  if (proof === null) return undefined
  const { jwk, algorithm } = readHeader(proof)
  const claims = await verifySignature(proof, { jwk, algorithm, nowMs: input.now() })
  checkRequiredClaims(claims)
  if (claims['htm'] !== request.method) refuse('The htm of the proof is not the method of the request.')
  if (normalUrl(claims['htu']) !== requestedUrl(request, input))
    refuse("The htu of the proof is not the URL of the request by the issuer's name.")
  const { nonce } = claims
  if (nonce === undefined) {
    if (input.dpop.nonce === 'required')
      throw new OAuthRefusal('use_dpop_nonce', 'The proof must carry the nonce of the header DPoP-Nonce.')
    checkAge(claims, input.now())
  } else if (typeof nonce !== 'string' || !input.dpopNonces.accepts(nonce)) {
    throw new OAuthRefusal('use_dpop_nonce', 'The nonce of the proof is unknown or too old. Use that of the header DPoP-Nonce.')
  }
  if (accessToken !== undefined && claims['ath'] !== (await sha256Base64url(accessToken))) {
    refuse('The ath of the proof is not the hash of the access token.')
  }
  const jkt = await calculateJwkThumbprint(jwk)
  const problem = input.usedIdentifiers.take('dpop-proof', jkt, claims.jti ?? '', lastUseMs(claims, input.now()))
  if (problem !== undefined) refuse(`The proof ${problem}.`)
  return { jkt }
}

function refuse(reason: string): never {
  throw new OAuthRefusal('invalid_dpop_proof', reason)
}

function readHeader(proof: string): { jwk: JWK; algorithm: string } {
  // Headers that come twice arrive as one, joined by a comma, which no JWT has.
  if (proof.includes(',')) refuse('Send one DPoP header.')
  if (proof.length > maxProofCharacters) refuse(`The proof is longer than ${maxProofCharacters} characters.`)
  const { typ, alg = '', jwk, crit } = decodeHeader(proof)
  if (typ !== 'dpop+jwt') refuse('The typ of the proof is not dpop+jwt.')
  if (!asymmetricAlgorithms.includes(alg)) refuse(`The alg of the proof is none of ${asymmetricAlgorithms.join(', ')}.`)
  if (crit !== undefined) refuse('The proof has critical header parameters, and none are known.')
  const key = readProofKey(jwk, alg)
  return { algorithm: alg, jwk: key.problem === undefined ? key.jwk : refuse(key.problem) }
}

function decodeHeader(proof: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(proof)
  } catch {
    return refuse('The proof is not a JWT.')
  }
}

async function verifySignature(proof: string, by: { jwk: JWK; algorithm: string; nowMs: number }): Promise<JWTPayload> {
  try {
    const key = await importJWK(by.jwk, by.algorithm)
    const time = { currentDate: new Date(by.nowMs), clockTolerance: toleranceSeconds }
    return (await jwtVerify(proof, key, { algorithms: [by.algorithm], ...time })).payload
  } catch {
    // Whatever it was, the client made it: a key that is none, another signature, a payload that is no JSON, an exp that is over.
    return refuse('The proof is not a JWT that is signed by the jwk in its header.')
  }
}

function checkRequiredClaims(claims: JWTPayload): void {
  const { jti, iat } = claims
  if (typeof jti !== 'string' || jti === '') refuse('The proof has no jti.')
  if (jti.length > maxIdentifierCharacters) refuse(`The jti of the proof is longer than ${maxIdentifierCharacters} characters.`)
  if (typeof claims['htm'] !== 'string') refuse('The proof has no htm.')
  if (typeof claims['htu'] !== 'string') refuse('The proof has no htu.')
  if (typeof iat !== 'number') refuse('The proof has no iat.')
}

function checkAge({ iat = Number.NaN }: JWTPayload, nowMs: number): void {
  const ageSeconds = nowMs / 1000 - iat
  if (!(ageSeconds <= maxAgeSeconds)) refuse(`The proof is older than ${maxAgeSeconds} seconds.`)
  if (ageSeconds < -toleranceSeconds) refuse('The iat of the proof is in the future.')
}

// A proof is as old as its nonce, if it has one. No longer than it is taken: remembering each for long would fill the memory soon.
function lastUseMs({ iat = 0, nonce }: JWTPayload, nowMs: number): number {
  return nonce === undefined ? (iat + maxAgeSeconds + 1) * 1000 : nowMs + nonceLifetimeMs
}

function requestedUrl(request: Request, { issuerName }: DpopInput): string {
  return new URL(issuerName()).origin + new URL(request.url).pathname
}

// §4.3: query and fragment do not count, and what RFC 3986 §6.2 takes for the same is the same.
function normalUrl(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return undefined
  const url = new URL(htu)
  url.search = ''
  url.hash = ''
  return url.href
}
