import { createMockIssuer } from '@bailiwick/mock-issuer'

/** An issuer for this example, on port 9000, where the tool looks for one. */
const issuer = await createMockIssuer({
  clients: [
    {
      clientId: 'shop-cli',
      name: 'Shop, on your command line',
      grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      redirectUris: ['http://127.0.0.1/callback'],
    },
  ],
})
const server = await issuer.listen({ port: 9000 })
console.log(`The mock issuer listens on ${server.url}. Press Ctrl-C to stop.`)
