import { defineContract } from '@bailiwick/guard'
import { z } from 'zod'

/** The contract of the small orders API that every host of this suite serves. */
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

/** The contract of another API, which some hosts serve beside the first one. */
export const partners = defineContract({
  audience: 'partner-api',
  claims: z.object({ partner: z.string().optional() }),
  scopes: { partner_read: { description: 'Read what partners may', claims: ['partner'] } },
})
