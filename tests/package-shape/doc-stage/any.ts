/**
 * What the examples in the docs may use without defining it: the contract, the verifier and the issuer of the first
 * example in the README. An example that shows how one of these is made defines its own.
 */
import { defineContract } from '@bailiwick/guard'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { createJwtVerifier } from '@bailiwick/verifier'
import { z } from 'zod'

export { z }

export const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.string()).default([]) }),
  scopes: {
    orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
    orders_write: { description: 'Place and change orders', claims: ['account_nr'] },
    'payment:*': { description: 'One payment, by id' },
  },
  permissions: { clerk: ['order:read'], manager: ['order:read', 'order:refund'] },
})

export const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience })

export const issuer = await createMockIssuer({ contract: orders })

/** What an orders API does when it is allowed to. */
export const ordersOf = (accountNr: string): readonly string[] => [`an order of ${accountNr}`]
