import { defineContract } from '@bailiwick/guard'
import { createJwtVerifier, createRemoteJwks, type JwtVerifier } from '@bailiwick/verifier'
import { z } from 'zod'
import type { IssuerSettings } from './api.js'

/** The contract of every Bailiwick API here: that of the README, reduced to what the routes of the bench need. */
export const contract = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: { orders_read: { description: 'Read the orders of an account' } },
})

export function createVerifier({ issuer, cacheTtlMs }: IssuerSettings): JwtVerifier {
  const { audience } = contract
  if (cacheTtlMs === undefined) return createJwtVerifier({ issuer, audience })
  return createJwtVerifier({ issuer, audience, keys: createRemoteJwks({ issuer, ttlMs: cacheTtlMs }) })
}
