/** What the orders API answers, whatever the framework: each of its examples is tested with this. */
export interface Step {
  readonly title: string
  readonly method?: 'GET' | 'POST'
  readonly path: string
  /** The claims of the token; none for a request without one. */
  readonly claims?: { readonly sub: string; readonly [claim: string]: unknown }
  readonly expected: { readonly status: number; readonly body?: unknown; readonly error?: string }
}

const john = { sub: 'john', scope: 'orders_read payment:123', account_nr: '42' }
const mary = { sub: 'mary', scope: 'orders_read', account_nr: '77', roles: ['manager'] }

export const walkthrough: readonly Step[] = [
  {
    title: 'an account holder reads the orders of the account',
    path: '/accounts/77/orders',
    claims: mary,
    expected: { status: 200, body: [{ id: '3', accountNr: '77', item: 'One eraser', status: 'placed' }] },
  },
  { title: 'nobody reads them without a token', path: '/accounts/77/orders', expected: { status: 401 } },
  { title: 'nobody reads those of another account', path: '/accounts/77/orders', claims: john, expected: { status: 403 } },
  {
    title: 'nobody reads them without the scope',
    path: '/accounts/42/orders',
    claims: { ...john, scope: 'orders_write' },
    expected: { status: 403, error: 'insufficient_scope' },
  },
  {
    title: 'a manager refunds an order',
    method: 'POST',
    path: '/orders/3/refund',
    claims: mary,
    expected: { status: 200, body: { id: '3', accountNr: '77', item: 'One eraser', status: 'refunded' } },
  },
  { title: 'a customer refunds nothing', method: 'POST', path: '/orders/1/refund', claims: john, expected: { status: 403 } },
  {
    title: 'the payment that the scope names can be seen',
    path: '/payments/123',
    claims: john,
    expected: { status: 200, body: { id: '123', amount: '12.50 EUR' } },
  },
  { title: 'no other payment can be seen', path: '/payments/124', claims: john, expected: { status: 403, error: 'insufficient_scope' } },
  {
    title: 'whoever has a token sees what it is good for',
    path: '/me',
    claims: mary,
    expected: {
      status: 200,
      body: { kind: 'user', sub: 'mary', scopes: ['orders_read'], permissions: ['order:read', 'order:refund'] },
    },
  },
]
