import type { MockIssuer } from '@bailiwick/mock-issuer'

/** Commands to paste, with tokens in them that work. */
export async function formatCurlLines(issuer: MockIssuer, apiUrl: string): Promise<string> {
  const john = await issuer.accessToken({ sub: 'john', scope: 'orders_read payment:123', account_nr: '42' })
  const mary = await issuer.accessToken({ sub: 'mary', scope: 'orders_read orders_write', account_nr: '77', roles: ['manager'] })
  return `
Try it in another terminal: tokens that live for an hour. Why a request was refused is printed here.

# john reads his orders, tries Mary's, and looks at the one payment that he was granted
JOHN='${john}'
curl -iw '\\n' -H "Authorization: Bearer $JOHN" ${apiUrl}/accounts/42/orders
curl -iw '\\n' -H "Authorization: Bearer $JOHN" ${apiUrl}/accounts/77/orders
curl -iw '\\n' -H "Authorization: Bearer $JOHN" ${apiUrl}/payments/123

# mary is a manager, and so may refund
MARY='${mary}'
curl -iw '\\n' -X POST -H "Authorization: Bearer $MARY" ${apiUrl}/orders/3/refund

# nobody
curl -iw '\\n' ${apiUrl}/accounts/42/orders

Press Ctrl-C to stop.
`
}
