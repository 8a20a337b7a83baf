import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fitClaims } from './id-token-claims.js'

const schema = z.object({ sub: z.string(), address: z.object({ lines: z.array(z.string()) }).optional(), level: z.coerce.number() })

test('gives the claims as they came without a schema', async () => {
  const claims = { sub: 'john' }
  expect(await fitClaims(undefined, claims)).toBe(claims)
})

test('gives what the schema makes of them', async () => {
  expect(await fitClaims(schema, { sub: 'john', level: '3', other: true })).toEqual({ sub: 'john', level: 3 })
})

test('names the claims that do not fit, and not their values', async () => {
  const unfit = { sub: 7, address: { lines: ['a', { secret: 'x' }] }, level: 'secret' }
  await expect(fitClaims(schema, unfit)).rejects.toMatchObject({
    code: 'response_invalid',
    message: "The claims of the ID token do not fit the client's schema: sub, address.lines.1, level.",
  })
})

test('waits for a schema that takes its time, and names ten places at most', async () => {
  const slow = z.object({ sub: z.string() }).refine(async () => false)
  await expect(fitClaims(slow, { sub: 'john' })).rejects.toMatchObject({ code: 'response_invalid' })
  const wide = z.object(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`c${index}`, z.string()])))
  await expect(fitClaims(wide, {})).rejects.toThrow(/c0, c1, c2, c3, c4, c5, c6, c7, c8, c9\.$/)
})

test.each<[string, StandardSchemaV1['~standard']['validate']]>([
  [
    'throws',
    () => {
      throw new Error('john is unknown')
    },
  ],
  ['rejects', () => Promise.reject(new Error('john is unknown'))],
])('repeats nothing of a schema that %s', async (_, validate) => {
  const failing: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'example', validate } }
  await expect(fitClaims(failing, { sub: 'john' })).rejects.toMatchObject({
    code: 'response_invalid',
    message: "The client's schema for the claims of the ID token throws, where it should give issues.",
    cause: { message: 'john is unknown' },
  })
})
