import { protect } from '@bailiwick/hono'
import { Hono } from 'hono'
import { orders, verifier } from './any.js'

export { Hono }

/** The application that an example of the Hono adapter adds its routes to. */
export const app = new Hono()

/** Its guards, as the first example of its README makes them. */
export const api = protect({ verifier, contract: orders })

export const ownOrders = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
