import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { orders } from '@bailiwick-examples/orders/contract'

/** A login with more than a password, which the API wants for a refund. */
export const strong = 'urn:example:mfa'

/** What the app proves with who it is. */
export const shopSecret = 'kept-in-the-environment'

/** An issuer that knows the shop. */
export function createShopIssuer(appOrigin: string): Promise<MockIssuer> {
  return createMockIssuer({
    contract: orders,
    clients: [
      {
        clientId: 'shop',
        name: 'Pencil shop',
        clientSecret: shopSecret,
        redirectUris: [`${appOrigin}/callback`],
        postLogoutRedirectUris: [`${appOrigin}/`],
      },
    ],
    users: [
      { sub: 'john', description: 'Account 42', profile: { name: 'John' }, claims: { account_nr: '42' } },
      { sub: 'jane', description: 'Account 77', profile: { name: 'Jane' }, claims: { account_nr: '77' } },
    ],
    acrValues: ['urn:example:pwd', { acr: strong, name: 'Password and code', amr: ['pwd', 'otp', 'mfa'] }],
  })
}
