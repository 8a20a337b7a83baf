import { createClient } from '@bailiwick/client'

/** The client that an example makes requests with, as the README makes it. */
export const client = createClient({
  issuer: 'https://login.example.com',
  clientId: 'shop',
  authentication: { method: 'client_secret_basic', clientSecret: 'kept in the environment' },
  redirectUri: 'https://shop.example.com/callback',
})

/** What `formatTokenSet` has written. */
export const keptText = '{}'
