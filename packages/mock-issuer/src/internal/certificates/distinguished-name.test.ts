import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestCertificate } from '../../../test/client-certificates.js'
import { isSameName, parseDistinguishedName, parseNodeSubject } from './distinguished-name.js'

const same = (left: string, right: string) => isSameName(parseDistinguishedName(left) ?? [], parseDistinguishedName(right) ?? [])

test.each([
  ['CN=job,O=Example', 'cn = job , o = Example'],
  ['CN=a+OU=b,O=Example', 'OU=b + CN=a,O=Example'],
  [String.raw`CN=a\,b`, String.raw`CN=a\2Cb`],
  [String.raw`CN=Z\C3\BCrich`, 'CN=Zürich'],
  [String.raw`CN=a\\`, String.raw`CN=a\5C`],
  [String.raw`CN=a\ `, String.raw`CN=a\20`],
  ['CN=a=b', String.raw`CN=a\=b`],
  [String.raw`CN=a\   `, String.raw`CN=a\20`],
  [String.raw`CN=a\\  `, String.raw`CN=a\5C`],
])('takes %s and %s for the same name', (left, right) => {
  expect(same(left, right)).toBe(true)
})

test.each([
  ['CN=job,O=Example', 'CN=job'],
  ['CN=job,O=Example', 'O=Example,CN=job'],
  ['CN=job', 'CN=Job'],
  ['CN=job', 'OU=job'],
  ['CN=a,OU=b', 'CN=a+OU=b'],
  [String.raw`CN=a\,OU=b`, 'CN=a,OU=b'],
  [String.raw`CN=a\+OU=b`, 'CN=a+OU=b'],
])('tells %s from %s', (left, right) => {
  expect(same(left, right)).toBe(false)
})

test.each(['', 'job', 'CN', '=job', 'CN=a,', 'CN=a++OU=b', 'C N=a', String.raw`CN=a\FF`, 'CN=a\\'])(
  'refuses the malformed name %j',
  (name) => {
    expect(parseDistinguishedName(name)).toBe(undefined)
  },
)

test('reads the subject of a certificate, whatever its values try to look like', async () => {
  const { cert } = await createTestCertificate({
    subject: [
      ['C', 'US'],
      ['O', 'Example,CN=admin\nCN=admin'],
      ['CN', ' job+OU=x '],
    ],
  })
  const subject = parseNodeSubject(new X509Certificate(cert).subject) ?? []

  expect(subject).toEqual([['cn= job+OU=x '], ['o=Example,CN=admin\nCN=admin'], ['c=US']])
  expect(isSameName(subject, parseDistinguishedName(String.raw`CN=\ job\+OU=x\ ,O=Example\,CN=admin\0ACN=admin,C=US`) ?? [])).toBe(true)
})

test('reads a name with any number of spaces in it in time that grows with its length alone', () => {
  const milliseconds = (name: string): number => {
    const start = performance.now()
    parseDistinguishedName(name)
    return performance.now() - start
  }
  // Where each space looks at those behind it, a minute would not do.
  expect(milliseconds(`CN=${' a'.repeat(10)}${' '.repeat(100_000)}a`)).toBeLessThan(15_000)
})
