import type { MockIssuer } from '@bailiwick/mock-issuer'

/** A request to the orders API, and what the API is to answer. */
export interface DemoRequest {
  readonly title: string
  readonly path: string
  readonly token?: string
  readonly expected: { readonly status: number; readonly error?: string; readonly scope?: string }
}

/** John's account is 42. */
const johnsOrders = '/accounts/42/orders'

/** One of each kind of request that an API has to tell apart. */
export async function prepareRequests(issuer: MockIssuer): Promise<readonly DemoRequest[]> {
  const john = { sub: 'john', scope: 'orders_read', account_nr: '42' }
  const good = await issuer.accessToken(john)
  return [
    { title: 'good token', path: johnsOrders, token: good, expected: { status: 200 } },
    { title: 'no token', path: johnsOrders, expected: { status: 401 } },
    {
      title: 'expired',
      path: johnsOrders,
      token: await issuer.accessToken(john, { expiresInSeconds: -60 }),
      expected: { status: 401, error: 'invalid_token' },
    },
    {
      title: 'wrong audience',
      path: johnsOrders,
      token: await issuer.accessToken({ ...john, aud: 'invoices-api' }),
      expected: { status: 401, error: 'invalid_token' },
    },
    { title: 'tampered', path: johnsOrders, token: await tamper(issuer, good), expected: { status: 401, error: 'invalid_token' } },
    {
      title: 'missing scope',
      path: johnsOrders,
      token: await issuer.accessToken({ sub: 'john', scope: 'orders_write', account_nr: '42' }),
      expected: { status: 403, error: 'insufficient_scope', scope: 'orders_read' },
    },
    { title: "someone else's account", path: '/accounts/77/orders', token: good, expected: { status: 403 } },
    {
      title: 'scope without its claim',
      path: johnsOrders,
      token: await issuer.accessToken({ sub: 'john', scope: 'orders_read' }, { breakContract: true }),
      expected: { status: 403 },
    },
  ]
}

/** The signature of one token under the claims of another: what somebody does who edits a token. */
async function tamper(issuer: MockIssuer, token: string): Promise<string> {
  const richer = await issuer.accessToken({ sub: 'john', scope: 'orders_read orders_write', account_nr: '42' })
  const [header, , signature] = token.split('.')
  return [header, richer.split('.')[1], signature].join('.')
}
