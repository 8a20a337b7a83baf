import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derSignatureOf } from './der-signature.js'

/** A number as DER writes it, the long way round. */
function integer(bytes: Buffer): Buffer {
  const digits = BigInt(`0x${bytes.toString('hex')}`).toString(16)
  const magnitude = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  const value = magnitude.readUInt8(0) > 0x7f ? Buffer.concat([Buffer.alloc(1), magnitude]) : magnitude
  return Buffer.concat([Buffer.of(2, value.length), value])
}

function expectedFor(raw: Buffer): string {
  const members = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, members.length), members]).toString('hex')
}

function derOf(raw: Uint8Array): string | undefined {
  const der = derSignatureOf(Buffer.from(raw).toString('base64url'))
  return der && Buffer.from(der).toString('hex')
}

/** Numbers of any size below 2^256, the short ones as often as the long ones. */
const numberBytes = fc
  .tuple(fc.nat({ max: 32 }), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([zeros, bytes]) => Buffer.concat([Buffer.alloc(zeros), Buffer.from(bytes).subarray(zeros)]))

describe('derSignatureOf', () => {
  it('writes two numbers as DER does, whatever their sizes and first bits', () => {
    fc.assert(
      fc.property(numberBytes, numberBytes, (r, s) => {
        const raw = Buffer.concat([r, s])
        expect(derOf(raw)).toBe(expectedFor(raw))
      }),
      { numRuns: 20_000, seed: 1 },
    )
  })

  it.each([
    ['zeros', Buffer.alloc(64), '3006020100020100'],
    ['ones', Buffer.alloc(64, 0xff), `3046022100${'ff'.repeat(32)}022100${'ff'.repeat(32)}`],
    ['a zero and the largest number', Buffer.concat([Buffer.alloc(32), Buffer.alloc(32, 0xff)]), `3026020100022100${'ff'.repeat(32)}`],
    ['the largest number and a zero', Buffer.concat([Buffer.alloc(32, 0xff), Buffer.alloc(32)]), `3026022100${'ff'.repeat(32)}020100`],
    ['numbers of one byte, one of them above 127', Buffer.alloc(64).fill(0x80, 31, 32).fill(0x7f, 63), '30070202008002017f'],
  ])('writes %s', (_, raw, expected) => {
    expect(derOf(raw)).toBe(expected)
  })

  it.each([0, 1, 32, 63, 65, 66, 96, 128])('gives nothing for %d bytes', (length) => {
    expect(derOf(Buffer.alloc(length, 1))).toBeUndefined()
  })

  it('gives nothing for a text that holds fewer bytes than its length promises, whatever was written before', () => {
    const before = Buffer.alloc(64, 1).toString('base64url')
    for (const known of [0, 1, 43, 44, 85]) {
      expect(derSignatureOf(before)?.length).toBe(70)
      expect(derSignatureOf(before.slice(0, known) + '!'.repeat(86 - known))).toBeUndefined()
    }
  })

  it('is what OpenSSL writes and reads, for signatures with short and long numbers', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const seen = new Set<string>()
    for (let n = 0; n < 20_000 && seen.size < 9; n += 1) {
      const der = createSign('sha256').update(`message ${n}`).sign(privateKey)
      const raw = rawOf(der)
      seen.add(`${kindOf(raw.subarray(0, 32))}, ${kindOf(raw.subarray(32))}`)
      expect(derOf(raw)).toBe(der.toString('hex'))
      const read = derSignatureOf(raw.toString('base64url')) ?? Buffer.alloc(0)
      expect(createVerify('sha256').update(`message ${n}`).verify(publicKey, read)).toBe(true)
    }
    for (const first of ['short', 'low', 'high']) expect([...seen].filter((kind) => kind.startsWith(first))).not.toEqual([])
    for (const second of ['short', 'low', 'high']) expect([...seen].filter((kind) => kind.endsWith(second))).not.toEqual([])
  }, 60_000)
})

function kindOf(number: Buffer): string {
  const first = number.readUInt8(0)
  return first === 0 ? 'short' : first < 0x80 ? 'low' : 'high'
}

/** Back from DER, by its heads. */
function rawOf(der: Buffer): Buffer {
  const firstLength = der.readUInt8(3)
  const first = der.subarray(4, 4 + firstLength)
  const second = der.subarray(4 + firstLength + 2)
  return Buffer.concat([first, second].map((value) => Buffer.concat([Buffer.alloc(32), value]).subarray(-32)))
}
