import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { orders } from '@bailiwick-examples/orders/contract'

/** A login with more than a password, which the API wants for a refund. */
export const strong = 'urn:example:mfa'

/** The secret of the token handler: the page has none. */
export const tokenHandlerSecret = 'only-the-token-handler-knows-this'

/** An issuer with the two clients of this example: the page itself, and the token handler that acts for it. */
export function createShopIssuer(appOrigin: string): Promise<MockIssuer> {
  const page = { redirectUris: [`${appOrigin}/callback`], postLogoutRedirectUris: [`${appOrigin}/`] }
  return createMockIssuer({
    contract: orders,
    clients: [
      { clientId: 'shop', name: 'Pencil shop', ...page },
      { clientId: 'shop-token-handler', name: 'Pencil shop', clientSecret: tokenHandlerSecret, ...page },
    ],
    users: [
      { sub: 'john', description: 'Account 42', profile: { name: 'John' }, claims: { account_nr: '42' } },
      { sub: 'jane', description: 'Account 77', profile: { name: 'Jane' }, claims: { account_nr: '77' } },
    ],
    acrValues: ['urn:example:pwd', { acr: strong, name: 'Password and code', amr: ['pwd', 'otp', 'mfa'] }],
    accessTokenTtlSeconds: 300,
  })
}
