import { Hono } from 'hono'

/** The application that an example of the Hono adapter adds its routes to. */
export const app = new Hono()
