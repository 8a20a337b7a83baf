import { errors, type ResourceServer } from 'oidc-provider'

/** The audience of the orders API, whatever form its tokens have. */
export const ordersAudience = 'https://orders.example.com'

/** The audience of an API that is none of ours. */
export const billingAudience = 'https://billing.example.com'

/** What a client asks a token for (RFC 8707): the API, and by that the form of the token. */
export const resources = {
  /** A JWT, signed with ES256. */
  orders: ordersAudience,
  /** A JWT for the same API, signed with RS256. */
  ordersRsa: `${ordersAudience}/rsa`,
  /** An opaque token for the same API. */
  ordersOpaque: `${ordersAudience}/opaque`,
  /** An opaque token for the same API that lasts for half a minute. */
  ordersBrief: `${ordersAudience}/brief`,
  /** A JWT for another API. */
  billing: billingAudience,
  /** An opaque token for another API. */
  billingOpaque: `${billingAudience}/opaque`,
} as const

export type Resource = (typeof resources)[keyof typeof resources]

const ofOrders = { audience: ordersAudience, scope: 'orders_read orders_write' }
const ofBilling = { audience: billingAudience, scope: 'billing_read' }
const jwt = (alg: 'ES256' | 'RS256') => ({ accessTokenFormat: 'jwt', jwt: { sign: { alg } } }) as const
const opaque = { accessTokenFormat: 'opaque' } as const

const servers: Readonly<Record<Resource, ResourceServer>> = {
  [resources.orders]: { ...ofOrders, ...jwt('ES256') },
  [resources.ordersRsa]: { ...ofOrders, ...jwt('RS256') },
  [resources.ordersOpaque]: { ...ofOrders, ...opaque },
  [resources.ordersBrief]: { ...ofOrders, ...opaque, accessTokenTTL: 30 },
  [resources.billing]: { ...ofBilling, ...jwt('ES256') },
  [resources.billingOpaque]: { ...ofBilling, ...opaque },
}

/** What the authorization server knows of an API. */
export function resourceServerOf(resource: string): ResourceServer {
  const server = Object.entries(servers).find(([name]) => name === resource)?.[1]
  if (server === undefined) throw new errors.InvalidTarget()
  return server
}
