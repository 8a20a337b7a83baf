import { allOf, anyOf, check, claim, defineContract, not, role, scope } from '@bailiwick/guard'
import type { ClaimsOf, Contract, Guard, NarrowedClaims, PrefixScopeGuard, Principal, ProvenBy, UncheckedClaims } from '@bailiwick/guard'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({
    account_nr: z.string().optional(),
    level: z.enum(['basic', 'gold']).nullish(),
    age: z.number().optional(),
    roles: z.array(z.string()).default([]),
    address: z.object({ country: z.string() }).optional(),
  }),
  scopes: {
    orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
    orders_write: { claims: ['account_nr', 'level'] },
    'payment:*': { description: 'One payment, by id', claims: ['age'] },
    profile: {},
  },
  permissions: { clerk: ['order:read'], manager: ['order:read', 'order:refund'] },
})
type Claims = ClaimsOf<typeof orders>

// The contract
expectTypeOf<Claims>().toEqualTypeOf<{
  readonly account_nr?: string | undefined
  readonly level?: 'basic' | 'gold' | null | undefined
  readonly age?: number | undefined
  readonly roles: readonly string[]
  readonly address?: { readonly country: string } | undefined
}>()
expectTypeOf(orders).toEqualTypeOf<
  Contract<
    Claims,
    {
      readonly orders_read: 'account_nr'
      readonly orders_write: 'account_nr' | 'level'
      readonly 'payment:*': 'age'
      readonly profile: never
    },
    'clerk' | 'manager',
    'order:read' | 'order:refund'
  >
>()

// @ts-expect-error the audience is missing
defineContract({ scopes: {} })
// @ts-expect-error a scope that requires a claim which the schema does not have
defineContract({ audience: 'a', claims: z.object({ account_nr: z.string() }), scopes: { read: { claims: ['account_no'] } } })
// @ts-expect-error `claim` for `claims`
defineContract({ audience: 'a', claims: z.object({ account_nr: z.string() }), scopes: { read: { claim: ['account_nr'] } } })

// Names
orders.scope('payment:123')
orders.scope('orders_read', 'payment:123', 'payment:*')
type Names = 'orders_read' | 'orders_write' | 'profile' | 'payment:*' | (`payment:${string}` & Record<never, never>)
expectTypeOf<Parameters<typeof orders.scope>[number]>().toEqualTypeOf<Names>()
expectTypeOf<Parameters<typeof orders.anyScope>[number]>().toEqualTypeOf<Names>()
// @ts-expect-error no such scope
orders.scope('orders_red')
// @ts-expect-error no such scope
orders.anyScope('orders_read', 'orders_red')
// @ts-expect-error at least one scope
orders.scope()
// @ts-expect-error a scope that is not a prefix scope has no value
orders.scope('orders_read').equalsParam('id')
// @ts-expect-error no such role
orders.role('cleric')
// @ts-expect-error no such permission
orders.permission('order:delete')
// @ts-expect-error no such claim
orders.claim('account_no')
// @ts-expect-error the claim is no number
orders.claim('account_nr').equals(42)
// @ts-expect-error not a value of the enumeration
orders.claim('level').oneOf('silver')
// @ts-expect-error an array equals no scalar
orders.claim('roles').equals('clerk')
// @ts-expect-error a string includes nothing
orders.claim('account_nr').includes('4')
// @ts-expect-error an array equals no parameter
orders.claim('roles').equalsParam('role')

const shop = defineContract({ audience: 'shop-api', scopes: {}, permissions: { admin: [], clerk: ['order:read'] } })
shop.role('admin')
shop.permission('order:read')
// @ts-expect-error no role carries it
shop.permission('admin')

// What guards prove
expectTypeOf(orders.scope('orders_read')).toEqualTypeOf<Guard<Claims, { readonly account_nr: string }>>()
type Behind<G> = NarrowedClaims<Claims, readonly [G]>
const both = orders.scope('orders_read', 'orders_write')
expectTypeOf<Behind<typeof both>['level']>().toEqualTypeOf<'basic' | 'gold'>()
const any = orders.anyScope('orders_read', 'orders_write')
expectTypeOf<Behind<typeof any>['account_nr']>().toEqualTypeOf<string>()
expectTypeOf<Behind<typeof any>['level']>().toEqualTypeOf<'basic' | 'gold' | null | undefined>()
const payment = orders.scope('payment:123')
expectTypeOf<Behind<typeof payment>['age']>().toEqualTypeOf<number>()
const ownPayment = orders.scope('payment:*').equalsParam('id')
expectTypeOf<Behind<typeof ownPayment>['age']>().toEqualTypeOf<number>()
const profile = orders.scope('profile')
expectTypeOf<Behind<typeof profile>>().toEqualTypeOf<Claims>()

// Only a prefix scope by itself can be put to a path parameter.
expectTypeOf(orders.scope('payment:*')).toEqualTypeOf<PrefixScopeGuard<Claims, { readonly age: number }>>()
expectTypeOf(orders.scope('payment:1')).toEqualTypeOf<Guard<Claims, { readonly age: number }>>()
// @ts-expect-error of several scopes, none is put to a path parameter
orders.scope('payment:*', 'orders_read').equalsParam('id')
declare const id: string
expectTypeOf(orders.scope(`payment:${id}`)).toEqualTypeOf<Guard<Claims, { readonly age: number }>>()

// A name that is one of several proves what is certain whichever it is.
declare const either: 'orders_write' | 'payment:1'
const uncertain = orders.scope(either)
expectTypeOf<Behind<typeof uncertain>['account_nr']>().toEqualTypeOf<string | undefined>()

const gold = orders.claim('level').equals('gold')
expectTypeOf<Behind<typeof gold>['level']>().toEqualTypeOf<'gold'>()
const owner = orders.claim('account_nr').equalsParam('nr')
expectTypeOf<Behind<typeof owner>['account_nr']>().toEqualTypeOf<string>()
const swede = orders.claim('address.country').equals('SE')
expectTypeOf<NonNullable<Behind<typeof swede>['address']>['country']>().toEqualTypeOf<'SE'>()
expectTypeOf<undefined>().not.toExtend<Behind<typeof swede>['address']>()
const clerk = orders.claim('roles').includes('clerk')
expectTypeOf<Behind<typeof clerk>['roles']>().toEqualTypeOf<readonly string[]>()

// The subject needs no claim in the schema, and proves nothing of the claims.
expectTypeOf(orders.subject().equalsParam('id')).toEqualTypeOf<Guard<Claims>>()
const selfOrManager = anyOf(orders.subject().equalsParam('id'), orders.role('manager'))
expectTypeOf<Behind<typeof selfOrManager>>().toEqualTypeOf<Claims>()

// Combinations
const all = allOf(orders.scope('orders_read'), orders.role('clerk'), orders.claim('level').oneOf('gold'))
expectTypeOf<ProvenBy<typeof all>>().toEqualTypeOf<{ readonly account_nr: string } & { readonly level: 'gold' }>()
const one = anyOf(orders.scope('orders_read'), orders.scope('orders_write'))
expectTypeOf<Behind<typeof one>['account_nr']>().toEqualTypeOf<string>()
const orRole = anyOf(orders.scope('orders_read'), orders.role('manager'))
expectTypeOf<Behind<typeof orRole>>().toEqualTypeOf<Claims>()
const negated = not(orders.scope('orders_read'))
expectTypeOf<ProvenBy<typeof negated>>().toEqualTypeOf<unknown>()
expectTypeOf<NarrowedClaims<Claims, readonly Guard<Claims, { readonly account_nr: string }>[]>>().toEqualTypeOf<Claims>()
// @ts-expect-error nothing to require
allOf()

// Guards fit where the claims do.
declare function guard(...guards: readonly Guard<Claims>[]): void
const billing = defineContract({ audience: 'billing-api', claims: z.object({ account_nr: z.number() }), scopes: { read: {} } })
guard(orders.scope('profile'), scope('profile'), role('clerk'), claim('level').equals('gold'), not(scope('profile')))
guard(check('a member', (principal) => principal.kind === 'user'))
guard(check('of age', (principal: Principal<{ readonly age?: number | undefined }>) => (principal.claims.age ?? 0) >= 18))
// @ts-expect-error the claims of another contract
guard(billing.scope('read'))
// @ts-expect-error the claims of another contract, inside a combination
guard(allOf(orders.scope('profile'), billing.scope('read')))
// @ts-expect-error a check on claims that are not there
guard(check('named', (principal: Principal<{ readonly name: string }>) => principal.claims.name !== ''))
// @ts-expect-error a check answers with a boolean
orders.check('truthy', (principal) => principal.sub)
orders.check('owner', async (principal) => {
  expectTypeOf(principal).toEqualTypeOf<Principal<Claims>>()
  return principal.claims.account_nr !== undefined
})

// Without a schema, claims are unknown, and a scope can still require them.
const plain = defineContract({ audience: 'plain-api', scopes: { read: { claims: ['tenant'] } } })
expectTypeOf<ClaimsOf<typeof plain>>().toEqualTypeOf<UncheckedClaims>()
expectTypeOf(plain.scope('read')).toEqualTypeOf<Guard<UncheckedClaims, { readonly tenant: {} }>>()
plain.role('any role')
plain.claim('any.claim').equals(1)

// What a schema makes of claims keeps its type; what is frozen is read-only.
const rich = defineContract({
  audience: 'rich-api',
  claims: z.object({
    id: z.string().brand<'Id'>().optional(),
    at: z.coerce.date(),
    list: z.array(z.object({ n: z.number() })),
    json: z.json(),
  }),
  scopes: { read: { claims: ['id'] } },
})
type Id = string & z.core.$brand<'Id'>
expectTypeOf<ClaimsOf<typeof rich>['id']>().toEqualTypeOf<Id | undefined>()
expectTypeOf<ClaimsOf<typeof rich>['at']>().toEqualTypeOf<Date>()
expectTypeOf<ClaimsOf<typeof rich>['list']>().toEqualTypeOf<readonly { readonly n: number }[]>()
const branded = rich.claim('id').equals('1')
expectTypeOf<NarrowedClaims<ClaimsOf<typeof rich>, readonly [typeof branded]>['id']>().toEqualTypeOf<Id & '1'>()
rich.claim('id').equalsParam('id')

// The functions of a contract are given the claims of the token, of which the verifier has checked some.
defineContract({
  audience: 'machines-api',
  scopes: {},
  locations: {
    roles: (claims) => {
      expectTypeOf(claims.client_id).toEqualTypeOf<string | undefined>()
      return claims.groups
    },
  },
  isMachine: (claims) => {
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf(claims.grant_type).toEqualTypeOf<unknown>()
    return claims.sub === undefined
  },
})
const readsUnchecked = (claims: UncheckedClaims) => claims.sub === undefined
defineContract({ audience: 'machines-api', scopes: {}, isMachine: readsUnchecked })
