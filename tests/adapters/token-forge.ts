import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto'
import { createMockIssuer, type MockIssuer, type SignInput, type SigningAlgorithm } from '@bailiwick/mock-issuer'
import { orders } from './orders-contract.js'

/** Keys that no honest token is signed with: some are published by an issuer that should not, `attacker` is not. */
export type ForeignKey = 'p-384' | 'secp256k1' | 'rsa-1024' | 'attacker'

/** A genuine issuer, and everything that can be made to look like its tokens. */
export interface TokenForge {
  readonly issuer: MockIssuer
  /** The JWK Set that the API is given: the issuer's keys, and some that should not be there. */
  publishedJwks(): Promise<{ keys: readonly object[] }>
  /** The claims of a token that the API accepts. */
  claims(): Record<string, unknown>
  /** A token that differs from one that the API accepts in the given claims and header members; `undefined` removes one. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** Signed by the issuer's key, whatever header and payload are. Default payload: acceptable claims. */
  signed(input: Partial<SignInput>): Promise<string>
  /** Signed by another key; `kid` is its name unless the header says otherwise. */
  signedBy(key: ForeignKey, header: Record<string, unknown>): string
  /** `kid` and public key of the issuer for an algorithm. */
  publicKey(algorithm: SigningAlgorithm): Promise<{ kid: string; key: KeyObject; jwk: object }>
  publicJwk(key: ForeignKey): object
}

export async function createTokenForge(): Promise<TokenForge> {
  const issuer = await createMockIssuer({ issuer: 'https://login.example.com/tenant', contract: orders, accessTokenTtlSeconds: 3600 })
  const foreign: Record<ForeignKey, KeyObject> = {
    'p-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
    secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
    'rsa-1024': generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
    attacker: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  }
  const honest = { sub: 'john', scope: 'orders_read', account_nr: '42' }
  // The first token of an algorithm makes its key.
  await issuer.accessToken(honest, { algorithm: 'RS256' })

  function publicJwk(name: ForeignKey) {
    return createPublicKey(foreign[name]).export({ format: 'jwk' })
  }

  function claims() {
    const now = Math.floor(issuer.clock.now() / 1000)
    return { iss: issuer.issuer, aud: orders.audience, client_id: 'app', iat: now, exp: now + 3600, jti: crypto.randomUUID(), ...honest }
  }

  return {
    issuer,
    claims,
    publicJwk,
    async publishedJwks() {
      const published: ForeignKey[] = ['p-384', 'secp256k1', 'rsa-1024']
      return { keys: [...(await issuer.jwks()).keys, ...published.map((kid) => ({ ...publicJwk(kid), kid }))] }
    },
    token: (changes = {}, header = {}) => issuer.accessToken({ ...honest, ...changes }, { header, breakContract: true }),
    signed: ({ payload = claims(), header = {}, ...input }) =>
      issuer.sign({ payload, header: typeof header === 'string' ? header : { typ: 'at+jwt', ...header }, ...input }),
    signedBy(name, header) {
      const input = signingInput({ alg: 'ES256', typ: 'at+jwt', kid: name, ...header }, claims())
      const signature = signWith('sha256', Buffer.from(input), { key: foreign[name], dsaEncoding: 'ieee-p1363' })
      return `${input}.${signature.toString('base64url')}`
    },
    async publicKey(algorithm) {
      const jwk = (await issuer.jwks()).keys.find(({ alg }) => alg === algorithm)
      if (jwk?.kid === undefined) throw new Error(`The issuer has no key for ${algorithm}.`)
      return { kid: jwk.kid, key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), jwk }
    },
  }
}

/** The first two parts of a compact JWS. */
export function signingInput(header: object, payload: object): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}

/** A compact JWS under a secret. */
export function signedByHmac(
  header: { alg: 'HS256' | 'HS512'; [member: string]: unknown },
  payload: object,
  secret: string | Buffer,
): string {
  const input = signingInput(header, payload)
  return `${input}.${createHmac(`sha${header.alg.slice(2)}`, secret)
    .update(input)
    .digest('base64url')}`
}

/** The same header and payload with another signature. */
export function withSignature(token: string, change: (signature: Buffer) => Buffer): string {
  const [header, payload, signature = ''] = token.split('.')
  return `${header}.${payload}.${change(Buffer.from(signature, 'base64url')).toString('base64url')}`
}

/** An ECDSA signature in the ASN.1 form that other protocols use, in place of the two plain numbers of JWS. */
export function toDer(signature: Buffer): Buffer {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((number) => {
    const start = number.findIndex((byte) => byte !== 0)
    const digits = number.subarray(start)
    const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits
    return Buffer.concat([Buffer.of(0x02, positive.length), positive])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}
