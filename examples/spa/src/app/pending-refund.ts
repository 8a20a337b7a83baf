/**
 * What goes on after a stronger login is kept in this tab, under a name that nobody else knows: were it in the URL, a link on somebody else's page could
 * have a refund made.
 */
export function keepRefund(orderId: string): string {
  const key = crypto.randomUUID()
  sessionStorage.setItem(`refund-${key}`, orderId)
  return key
}

/** The order whose refund this tab has kept under the key, once. */
export function takeRefund(key: string | null): string | null {
  const orderId = sessionStorage.getItem(`refund-${key}`)
  sessionStorage.removeItem(`refund-${key}`)
  return orderId
}
