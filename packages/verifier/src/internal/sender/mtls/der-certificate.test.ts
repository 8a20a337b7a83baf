import { describe, expect, it } from 'vitest'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { decodeCertificate, isOneSequence } from './der-certificate.js'

const { certificateDer } = await createClientCertificate()
const base64 = Buffer.from(certificateDer).toString('base64')

function sequence(length: readonly number[], contentBytes: number): Uint8Array {
  return Uint8Array.from([0x30, ...length, ...new Uint8Array(contentBytes)])
}

describe('decodeCertificate', () => {
  it('gives the bytes of a certificate', () => {
    expect(Buffer.from(decodeCertificate(base64) ?? []).equals(certificateDer)).toBe(true)
  })

  it.each([
    ['white space', `${base64.slice(0, 64)}\n${base64.slice(64)}`],
    ['the alphabet of base64url', Buffer.from([0x30, 2, 0xff, 0xff]).toString('base64').replaceAll('/', '_')],
    ['no padding', 'MAIBAg'],
    ['padding in the middle', `${'MAIBAg=='.repeat(2)}`],
    ['padding alone', '===='],
    ['more padding than there can be', 'MAIBAg======'],
    ['bits that are thrown away', 'MAIBAh=='],
    ['nothing', ''],
    ['bytes that are no certificate', 'aGVsbG8='],
    ['a certificate with something behind it', Buffer.concat([certificateDer, Uint8Array.of(0)]).toString('base64')],
    ['two certificates', Buffer.concat([certificateDer, certificateDer]).toString('base64')],
    ['a certificate that is cut off', Buffer.from(certificateDer).subarray(0, -1).toString('base64')],
  ])('gives nothing for %s', (_, text) => {
    expect(decodeCertificate(text)).toBe(undefined)
  })
})

describe('isOneSequence', () => {
  it.each([
    ['in one byte', [3], 3],
    ['in two bytes', [0x81, 0x80], 128],
    ['in three bytes', [0x82, 1, 0], 256],
    ['in four bytes', [0x83, 1, 0, 0], 65_536],
  ])('takes a length %s', (_, length, contentBytes) => {
    expect(isOneSequence(sequence(length, contentBytes))).toBe(true)
  })

  it.each([
    ['that is longer than need be', [0x81, 3], 3],
    ['that starts with zero', [0x82, 0, 0x80], 128],
    ['without an end', [0x80], 2],
    ['without an end, which could be taken for 128', [0x80], 128],
    ['in five bytes', [0x84, 0, 1, 0, 0], 65_536],
    ['that is too small', [2], 3],
    ['that is too large', [4], 3],
    ['that is cut off', [0x82, 1], 0],
  ])('does not take a length %s', (_, length, contentBytes) => {
    expect(isOneSequence(sequence(length, contentBytes))).toBe(false)
  })

  it('takes nothing but a sequence', () => {
    expect([[], [0x30], [0x31, 0], [0x30, 0]].map((bytes) => isOneSequence(Uint8Array.from(bytes)))).toEqual([false, false, false, true])
  })
})
