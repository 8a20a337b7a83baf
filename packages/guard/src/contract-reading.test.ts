import { inspect } from 'node:util'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isThenable } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { tokenWith } from '../test/principal.js'
import { defineContract } from './contract.js'
import type { TokenContract } from './contract.js'

const plain = defineContract({ audience: 'orders-api', scopes: { read: {}, write: {}, 'payment:*': {} } })

function principalOf(contract: TokenContract<unknown>, claims: Record<string, unknown>) {
  const reading = contract.read(tokenWith(claims))
  if (isThenable(reading) || reading.kind !== 'principal') throw new Error(`no principal: ${JSON.stringify(reading)}`)
  return reading.principal
}

describe('the principal', () => {
  test('has the members of the token', () => {
    const claims = { sub: 'john', client_id: 'web', scope: 'read', acr: 'mfa', auth_time: 1_700_000_000, level: 1 }
    expect(principalOf(plain, claims)).toEqual({
      kind: 'user',
      sub: 'john',
      clientId: 'web',
      issuer: 'https://login.example.com',
      expiresAt: 2_000_000_000,
      acr: 'mfa',
      authenticatedAt: 1_700_000_000,
      scopes: ['read'],
      roles: [],
      permissions: [],
      claims,
    })
  })

  test('is frozen all the way down, claims included', () => {
    const principal = principalOf(plain, { sub: 'john', nested: { list: [{ deep: true }] }, roles: ['clerk'] })
    const { nested } = principal.claims as { nested: { list: { deep: boolean }[] } }
    for (const value of [principal, principal.scopes, principal.roles, principal.claims, nested, nested.list, nested.list[0]]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
  })

  test('shows no token when it is inspected or serialised', () => {
    const token = { ...tokenWith({ sub: 'john' }), raw: 'eyJhbGciOi.secret.token' }
    const reading = plain.read(token)
    expect(inspect(reading, { depth: null })).not.toContain('secret')
    expect(JSON.stringify(reading)).not.toContain('secret')
  })

  test('is made once for the same token object', () => {
    const token = tokenWith({ sub: 'john' })
    expect(plain.read(token)).toBe(plain.read(token))
    const other = defineContract({ audience: 'other-api', scopes: {} })
    expect(other.read(token)).not.toBe(plain.read(token))
  })

  test('leaves class instances that a schema makes as they are', () => {
    const contract = defineContract({ audience: 'a', claims: z.object({ at: z.coerce.date() }), scopes: {} })
    const { at } = principalOf(contract, { at: '2026-11-01' }).claims as { at: Date }
    expect(at.toISOString()).toBe('2026-11-01T00:00:00.000Z')
  })

  test('is frozen below a surface that was frozen already', () => {
    const claims = z.object({ list: z.array(z.object({ n: z.number() })) }).readonly()
    const contract = defineContract({ audience: 'a', claims, scopes: {} })
    const { list } = principalOf(contract, { list: [{ n: 1 }] }).claims as { list: { n: number }[] }
    expect(Object.isFrozen(list) && Object.isFrozen(list[0])).toBe(true)
  })
})

describe('user or machine', () => {
  test.each([
    [{ sub: 'john', client_id: 'web' }, 'user', 'john', 'web'],
    [{ sub: 'john' }, 'user', 'john', undefined],
    [{ sub: 'batch', client_id: 'batch' }, 'machine', 'batch', 'batch'],
    [{ sub: 'batch', azp: 'batch' }, 'machine', 'batch', 'batch'],
    [{ sub: 'web', azp: 'web', client_id: 'other' }, 'user', 'web', 'other'],
    [{ client_id: 'batch' }, 'machine', undefined, 'batch'],
    [{}, 'machine', undefined, undefined],
    [{ sub: '', client_id: '' }, 'machine', undefined, undefined],
    [{ sub: 5, client_id: ['x'] }, 'machine', undefined, undefined],
  ])('reads %j as a %s', (claims, kind, sub, clientId) => {
    expect(principalOf(plain, claims)).toMatchObject({ kind, sub, clientId })
  })

  test('can be told otherwise, by true alone', () => {
    const contract = (isMachine: (claims: unknown) => boolean) => defineContract({ audience: 'a', scopes: {}, isMachine })
    const byType = contract((claims) => (claims as { gty?: string }).gty === 'client-credentials')
    expect(principalOf(byType, { sub: 'batch', gty: 'client-credentials' }).kind).toBe('machine')
    expect(principalOf(byType, {}).kind).toBe('user')
    expect(
      principalOf(
        contract(() => 'yes' as unknown as boolean),
        {},
      ).kind,
    ).toBe('user')
  })
})

describe('scopes', () => {
  test.each([
    [{ scope: 'read write' }, ['read', 'write']],
    [{ scope: 'read  read other' }, ['read']],
    [{ scp: 'read' }, ['read']],
    [{ scp: ['read', 'write', 5, 'read write'] }, ['read', 'write']],
    [{ scope: 'read', scp: ['write'] }, ['read']],
    [{ scope: '', scp: ['write'] }, []],
    [{ scope: null, scp: ['write'] }, ['write']],
    [{ scope: ['read'] }, ['read']],
    [{ scope: { read: true } }, []],
    [{ scope: 5 }, []],
    [{}, []],
    [{ scope: '__proto__ constructor toString read' }, ['read']],
    [{ scope: 'payment:1 payment:2' }, ['payment:1', 'payment:2']],
    [{ scope: 'payment:* payment: payment payment:1* *' }, []],
  ])('reads %j as %j', (claims, scopes) => {
    expect(principalOf(plain, claims).scopes).toEqual(scopes)
  })

  test('ignores what an object inherits', () => {
    const claims = Object.create({ scope: 'read' }) as Record<string, unknown>
    expect(principalOf(plain, claims).scopes).toEqual([])
  })

  test('can be found elsewhere: by a path, the first of several places, or a function', () => {
    const at = (scopes: string | [string, ...string[]] | ((claims: unknown) => unknown)) =>
      defineContract({ audience: 'a', scopes: { read: {}, write: {} }, locations: { scopes } })
    expect(principalOf(at('grant.scopes'), { grant: { scopes: ['read'] }, scope: 'write' }).scopes).toEqual(['read'])
    expect(principalOf(at(['a', 'b']), { b: 'write', scope: 'read' }).scopes).toEqual(['write'])
    expect(
      principalOf(
        at(() => 'read write'),
        {},
      ).scopes,
    ).toEqual(['read', 'write'])
    expect(
      principalOf(
        at(() => ({ read: true })),
        {},
      ).scopes,
    ).toEqual([])
  })

  test('grants nothing when there are too many to be true', () => {
    const scope = Array.from({ length: 20_000 }, (_, index) => `payment:${index}`)
    expect(principalOf(plain, { scope }).scopes).toEqual([])
  })
})

describe('roles and permissions', () => {
  const contract = defineContract({
    audience: 'a',
    scopes: {},
    permissions: { clerk: ['order:read'], manager: ['order:read', 'order:refund'], constructor: ['x'] },
  })

  test('derives permissions from roles, once each', () => {
    expect(principalOf(contract, { roles: ['clerk', 'manager', 'clerk', 'guest'] })).toMatchObject({
      roles: ['clerk', 'manager', 'guest'],
      permissions: ['order:read', 'order:refund'],
    })
  })

  test.each([
    ['clerk', ['clerk']],
    ['clerk manager', ['clerk manager']],
    [[['clerk']], []],
    [{ clerk: true }, []],
    [[5, null, '', 'clerk'], ['clerk']],
    [undefined, []],
    [
      ['__proto__', 'toString'],
      ['__proto__', 'toString'],
    ],
  ])('reads the roles of %j as %j', (roles: unknown, expected: string[]) => {
    const principal = principalOf(contract, { roles })
    expect(principal.roles).toEqual(expected)
    expect(principal.permissions).toEqual(expected.includes('clerk') ? ['order:read'] : [])
  })

  test('takes a role with the name of an object member for what the contract says', () => {
    expect(principalOf(contract, { roles: ['constructor'] }).permissions).toEqual(['x'])
  })

  test('reads roles at a path, and permissions where the contract says so', () => {
    const elsewhere = defineContract({
      audience: 'a',
      scopes: {},
      permissions: { clerk: ['order:read'] },
      locations: { roles: 'realm_access.roles', permissions: 'permissions' },
    })
    const claims = { roles: ['x'], realm_access: { roles: ['clerk'] }, permissions: ['order:read', 'order:list'] }
    expect(principalOf(elsewhere, claims)).toMatchObject({ roles: ['clerk'], permissions: ['order:read', 'order:list'] })
    expect(principalOf(contract, claims).permissions).toEqual([])
  })
})

describe('a breach', () => {
  const orders = defineContract({
    audience: 'orders-api',
    claims: z.object({ account_nr: z.string().nullish(), age: z.number().optional() }),
    scopes: { read: { claims: ['account_nr'] }, open: {}, 'payment:*': { claims: ['age'] } },
  })

  test('is a granted scope without its claim', () => {
    expect(orders.read(tokenWith({ scope: 'open read' }))).toEqual({
      kind: 'broken',
      breach: {
        contract: 'orders-api',
        reason: 'the token breaks the contract "orders-api": the scope "read" requires the claim "account_nr", which the token lacks',
        claim: 'account_nr',
        scope: 'read',
      },
    })
    expect(orders.read(tokenWith({ scope: 'read', account_nr: null }))).toMatchObject({ kind: 'broken' })
    expect(orders.read(tokenWith({ scope: 'payment:7' }))).toMatchObject({ breach: { claim: 'age', scope: 'payment:*' } })
  })

  test('is not a scope that was not granted, or a claim that is there and empty', () => {
    expect(orders.read(tokenWith({ scope: 'open' }))).toMatchObject({ kind: 'principal' })
    expect(orders.read(tokenWith({ scope: 'read', account_nr: '' }))).toMatchObject({ kind: 'principal' })
    expect(orders.read(tokenWith({ scope: 'payment:*' }))).toMatchObject({ kind: 'principal' })
  })

  test('is a claim that does not fit the schema, named without its value', () => {
    const reading = orders.read(tokenWith({ scope: 'open', age: 'secret-value' }))
    expect(reading).toMatchObject({ kind: 'broken', breach: { claim: 'age', scope: undefined } })
    expect(JSON.stringify(reading)).not.toContain('secret-value')
  })

  test('names the path of a nested claim, and none where the schema gives none', () => {
    const nested = defineContract({ audience: 'a', claims: z.object({ a: z.object({ b: z.string() }) }), scopes: {} })
    expect(nested.read(tokenWith({ a: { b: 1 } }))).toMatchObject({ breach: { claim: 'a.b' } })
    const whole = defineContract({ audience: 'a', claims: z.object({}).refine(() => false), scopes: {} })
    expect(whole.read(tokenWith({}))).toMatchObject({ breach: { claim: undefined } })
  })

  test('is found by what the schema gives, not by what the token has', () => {
    const stripped = defineContract({
      audience: 'a',
      claims: z.object({ id: z.string().transform(() => undefined as string | undefined) }),
      scopes: { read: { claims: ['id'] } },
    })
    expect(stripped.read(tokenWith({ scope: 'read', id: 'x' }))).toMatchObject({ kind: 'broken' })
  })

  test('is a required claim with the name of an object member that is not there', () => {
    const odd = defineContract({ audience: 'a', scopes: { read: { claims: ['constructor', '__proto__'] } } })
    expect(odd.read(tokenWith({ scope: 'read' }))).toMatchObject({ breach: { claim: 'constructor' } })
  })
})

describe('a schema', () => {
  const schemaOf = (validate: (value: unknown) => StandardSchemaV1.Result<object> | Promise<StandardSchemaV1.Result<object>>) =>
    defineContract({ audience: 'a', claims: { '~standard': { version: 1, vendor: 'test', validate } }, scopes: {} })

  test('that is synchronous makes no promise', () => {
    expect(schemaOf(() => ({ value: {} })).read(tokenWith({}))).not.toBeInstanceOf(Promise)
  })

  test('that is asynchronous is asked once for the same token, at the same time and later', async () => {
    const validate = vi.fn(async () => ({ value: { n: 1 } }))
    const contract = schemaOf(validate)
    const token = tokenWith({})
    const [first, second] = await Promise.all([contract.read(token), contract.read(token)])
    expect(first).toBe(second)
    expect(contract.read(token)).toBe(first)
    expect(validate).toHaveBeenCalledTimes(1)
  })

  test('that throws or rejects is asked again the next time', async () => {
    const validate = vi.fn((): StandardSchemaV1.Result<object> => {
      throw new Error('down')
    })
    const token = tokenWith({})
    const throwing = schemaOf(validate)
    expect(() => throwing.read(token)).toThrow('down')
    validate.mockReturnValue({ value: {} })
    expect(throwing.read(token)).toMatchObject({ kind: 'principal' })

    const reject = vi.fn(async (): Promise<StandardSchemaV1.Result<object>> => Promise.reject(new Error('down')))
    const rejecting = schemaOf(reject)
    await expect(rejecting.read(token)).rejects.toThrow('down')
    reject.mockResolvedValue({ value: {} })
    await expect(rejecting.read(token)).resolves.toMatchObject({ kind: 'principal' })
  })
})
