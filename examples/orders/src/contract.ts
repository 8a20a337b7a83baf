import { defineContract } from '@bailiwick/guard'
import { z } from 'zod'

/** What the issuer puts into tokens for the orders API, and what the API may rely on: one definition for both and for the tests. */
export const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({
    account_nr: z.string().optional(),
    roles: z.array(z.string()).default([]),
  }),
  scopes: {
    orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
    orders_write: { description: 'Place and change orders', claims: ['account_nr'] },
    'payment:*': { description: 'One payment, by id' },
  },
  permissions: {
    clerk: ['order:read'],
    manager: ['order:read', 'order:refund'],
  },
})
