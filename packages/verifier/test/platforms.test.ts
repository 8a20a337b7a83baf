import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import * as fc from 'fast-check'
import { CompactSign, exportJWK, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { type SigningAlgorithm, signingAlgorithms } from '../src/algorithms.js'
import { isBase64url } from '../src/internal/base64url.js'
import * as node from '../src/internal/platform/node.js'
import * as portable from '../src/internal/platform/portable.js'

/**
 * A token must mean the same wherever it is verified: both ways of asking a platform's crypto are shown the same keys and tokens,
 * good, changed and hostile, and have to agree.
 */
interface Signer {
  readonly algorithm: SigningAlgorithm
  readonly jwk: JWK
  readonly privateKey: KeyObject
  readonly keys: { readonly node: node.PlatformKey; readonly portable: portable.PlatformKey }
}

const signers = await Promise.all(signingAlgorithms.map(createSigner))
const payload = new TextEncoder().encode('{"sub":"john"}')
const tokens = new Map(await Promise.all(signers.map(async (signer) => [signer.algorithm, await sign(signer)] as const)))

describe('the two platforms', () => {
  it('agree that a signature is good', async () => {
    for (const signer of signers) expect(await verdicts(signer, tokenOf(signer.algorithm))).toEqual(['signed', 'signed'])
  })

  it('agree on 10,000 changed tokens, and that none of them is signed', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signers), fc.constantFrom('header', 'payload', 'signature'), fc.nat(), fc.nat(), changeToken),
      { numRuns: 10_000, seed: 1 },
    )
    expect(compared).toBe(10_000)

    async function changeToken(signer: Signer, part: string, at: number, by: number): Promise<void> {
      const token = change(tokenOf(signer.algorithm), part, at, by)
      const [first, second] = await verdicts(signer, token)
      expect({ token, first }).toEqual({ token, first: second })
      expect(first).toBe('not signed')
      compared += 1
    }
  }, 120_000)

  it('agree on signatures of any bytes and any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signers), fc.uint8Array({ maxLength: 600 }), async (signer, bytes) => {
        const unsigned = tokenOf(signer.algorithm).replace(/[^.]*$/, '')
        const [first, second] = await verdicts(signer, unsigned + Buffer.from(bytes).toString('base64url'))
        expect([first, second]).toEqual(['not signed', 'not signed'])
      }),
      { numRuns: 1000, seed: 1 },
    )
  }, 60_000)

  it('agree that a key of another algorithm, size or curve did not sign', async () => {
    for (const signer of signers) {
      for (const other of signers) {
        const [first, second] = await verdicts(signer, tokenOf(other.algorithm))
        expect({ signer: signer.algorithm, other: other.algorithm, first }).toEqual({
          signer: signer.algorithm,
          other: other.algorithm,
          first: second,
        })
        expect(first === 'signed').toBe(signer === other)
      }
    }
  })

  it.each(['ES256', 'ES384', 'ES512'] as const)(
    'agree that %s signatures in DER form, of zeros and of the order are none',
    async (algorithm) => {
      const signer = signerOf(algorithm)
      const unsigned = tokenOf(algorithm).replace(/\.[^.]*$/, '')
      const der = createSign(`sha${algorithm.slice(2)}`)
        .update(unsigned)
        .sign(signer.privateKey)
      const size = { ES256: 64, ES384: 96, ES512: 132 }[algorithm]
      const good = Buffer.from(tokenOf(algorithm).replace(/.*\./, ''), 'base64url')
      const forgeries = [
        der,
        Buffer.alloc(size),
        Buffer.alloc(size, 0xff),
        Buffer.alloc(size).fill(1, size - 1),
        Buffer.from(good).fill(0, 0, size / 2),
        Buffer.from(good).fill(0, size / 2),
        Buffer.concat([good.subarray(size / 2), good.subarray(0, size / 2)]),
        Buffer.concat([good, Buffer.alloc(1)]),
        Buffer.concat([Buffer.alloc(1), good]),
        Buffer.alloc(0),
      ]
      for (const forgery of forgeries) {
        expect(await verdicts(signer, `${unsigned}.${forgery.toString('base64url')}`)).toEqual(['not signed', 'not signed'])
      }
    },
  )

  it('agree on which numbers are a key', async () => {
    const [rsa, p256, ed25519] = [signerOf('RS256').jwk, signerOf('ES256').jwk, signerOf('Ed25519').jwk]
    const candidates: readonly (readonly [JWK, SigningAlgorithm])[] = [
      [rsa, 'RS256'],
      [p256, 'ES256'],
      [ed25519, 'EdDSA'],
      [{ ...p256, x: p256.y ?? '' }, 'ES256'],
      [{ ...p256, x: 'AAAA' }, 'ES256'],
      [{ ...p256, y: Buffer.alloc(32).toString('base64url') }, 'ES256'],
      [{ ...ed25519, x: 'AAAA' }, 'EdDSA'],
      [{ ...ed25519, x: `${ed25519.x}AAAA` }, 'EdDSA'],
    ]
    for (const [jwk, algorithm] of candidates) {
      expect({ jwk, is: await outcome(() => node.importKey(jwk, algorithm)) }).toEqual({
        jwk,
        is: await outcome(() => portable.importKey(jwk, algorithm)),
      })
    }
  })

  it('leave the event loop to others while an expensive signature is checked', () => {
    const answers = signers.map(({ algorithm, keys }) => {
      const answer = node.isSignedBy(keys.node, algorithm, tokenOf(algorithm))
      return [algorithm, answer instanceof Promise ? 'in another thread' : 'at once']
    })
    expect(answers.filter(([, how]) => how !== 'at once').map(([algorithm]) => algorithm)).toEqual(['ES384', 'ES512'])
  })

  it('decode base64url alike', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url')
        expect(isBase64url(text)).toBe(true)
        expect([...node.decodeKnownBase64url(text)]).toEqual([...bytes])
        expect([...portable.decodeKnownBase64url(text)]).toEqual([...bytes])
      }),
    )
  })
})

async function createSigner(algorithm: SigningAlgorithm): Promise<Signer> {
  const { publicKey, privateKey } = generate(algorithm)
  const jwk = await exportJWK(publicKey)
  return {
    algorithm,
    jwk,
    privateKey,
    keys: { node: await node.importKey(jwk, algorithm), portable: await portable.importKey(jwk, algorithm) },
  }
}

function generate(algorithm: SigningAlgorithm) {
  if (algorithm.startsWith('RS') || algorithm.startsWith('PS')) return generateKeyPairSync('rsa', { modulusLength: 2048 })
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('ec', { namedCurve: { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[algorithm as 'ES256'] })
}

function sign({ algorithm, privateKey }: Signer): Promise<string> {
  return new CompactSign(payload).setProtectedHeader({ alg: algorithm }).sign(privateKey)
}

function signerOf(algorithm: SigningAlgorithm): Signer {
  const signer = signers.find((candidate) => candidate.algorithm === algorithm)
  if (signer === undefined) throw new Error(`no signer for ${algorithm}`)
  return signer
}

function tokenOf(algorithm: SigningAlgorithm): string {
  return tokens.get(algorithm) ?? ''
}

type Verdict = 'signed' | 'not signed' | 'throws'

async function verdicts({ algorithm, keys }: Signer, token: string): Promise<[Verdict, Verdict]> {
  return [
    await verdict(() => node.isSignedBy(keys.node, algorithm, token)),
    await verdict(() => portable.isSignedBy(keys.portable, algorithm, token)),
  ]
}

async function verdict(ask: () => boolean | Promise<boolean>): Promise<Verdict> {
  try {
    return (await ask()) ? 'signed' : 'not signed'
  } catch {
    return 'throws'
  }
}

async function outcome(make: () => unknown): Promise<'a key' | 'no key'> {
  try {
    await make()
    return 'a key'
  } catch {
    return 'no key'
  }
}

/** Replaces one character of one part by another that keeps the part canonical base64url; the last one of a part is left alone. */
function change(token: string, part: string, at: number, by: number): string {
  const parts = token.split('.')
  const index = ['header', 'payload', 'signature'].indexOf(part)
  const text = parts[index] ?? ''
  const position = at % (text.length - 1)
  const old = alphabet.indexOf(text.charAt(position))
  const changed = alphabet.charAt((old + 1 + (by % 63)) % 64)
  parts[index] = text.slice(0, position) + changed + text.slice(position + 1)
  return parts.join('.')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
