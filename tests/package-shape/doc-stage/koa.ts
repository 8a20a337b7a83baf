import { protect } from '@bailiwick/koa'
import { Router } from '@koa/router'
import Koa from 'koa'
import { orders, verifier } from './any.js'

export { Koa }

/** The application that an example of the Koa adapter adds its middleware to. */
export const app = new Koa()

/** The router that it adds its routes to. */
export const router = new Router()

/** Its guards, as the first example of its README makes them. */
export const api = protect({ verifier, contract: orders })

export const ownOrders = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
