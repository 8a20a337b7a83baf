import express, { type Express } from 'express'

/** The application that an example of the Express adapter adds its routes to. */
export const app: Express = express()
