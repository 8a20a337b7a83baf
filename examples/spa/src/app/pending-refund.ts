/**
 * What goes on after a stronger login is kept in this tab, under a name that nobody else knows: were it in the URL, a link on somebody else's page could
 * have a refund made. It is kept for the user who asked for it: somebody else may come back from the login.
 */
export function keepRefund(orderId: string, userId: string): string {
  const key = crypto.randomUUID()
  sessionStorage.setItem(`refund-${key}`, JSON.stringify({ orderId, userId }))
  return key
}

/** The order whose refund this tab has kept under the key for this user, once. */
export function takeRefund(key: string | null, userId: string): string | undefined {
  const kept = sessionStorage.getItem(`refund-${key}`)
  sessionStorage.removeItem(`refund-${key}`)
  const refund = kept === null ? undefined : (JSON.parse(kept) as { readonly orderId: string; readonly userId: string })
  return refund?.userId === userId ? refund.orderId : undefined
}
