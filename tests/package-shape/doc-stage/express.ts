import { protect } from '@bailiwick/express'
import express, { type Express } from 'express'
import { orders, verifier } from './any.js'

export { express }

/** The application that an example of the Express adapter adds its routes to. */
export const app: Express = express()

/** Its guards, as the first example of its README makes them. */
export const api = protect({ verifier, contract: orders })

export const ownOrders = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
