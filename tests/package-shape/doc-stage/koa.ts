import { Router } from '@koa/router'
import Koa from 'koa'

/** The application that an example of the Koa adapter adds its middleware to. */
export const app = new Koa()

/** The router that it adds its routes to. */
export const router = new Router()
