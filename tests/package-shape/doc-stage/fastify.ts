import { protect } from '@bailiwick/fastify'
import Fastify from 'fastify'
import { orders, verifier } from './any.js'

export { Fastify }

/** The application that an example of the Fastify adapter adds its routes to. */
export const app = Fastify()

/** Its guards, as the first example of its README makes them. */
export const api = protect({ verifier, contract: orders })

export const ownOrders = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
