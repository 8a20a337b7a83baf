export interface Order {
  readonly id: string
  readonly accountNr: string
  readonly item: string
  readonly status: 'placed' | 'refunded'
}

/** The orders and payments of two customers, in memory. */
export interface Ledger {
  ordersOf(accountNr: string): readonly Order[]
  place(accountNr: string, item: string): Order
  /** `undefined` when there is no such order. */
  refund(orderId: string): Order | undefined
  payment(id: string): { readonly id: string; readonly amount: string } | undefined
}

export function createLedger(): Ledger {
  const orders = new Map<string, Order>()
  const payments = new Map([['123', { id: '123', amount: '12.50 EUR' }]])

  const add = (accountNr: string, item: string): Order => {
    const order: Order = { id: String(orders.size + 1), accountNr, item, status: 'placed' }
    orders.set(order.id, order)
    return order
  }
  add('42', 'A dozen pencils')
  add('42', 'Drawing paper')
  add('77', 'One eraser')

  return {
    ordersOf: (accountNr) => [...orders.values()].filter((order) => order.accountNr === accountNr),
    place: add,
    refund(orderId) {
      const order = orders.get(orderId)
      if (order === undefined) return undefined
      const refunded: Order = { ...order, status: 'refunded' }
      orders.set(orderId, refunded)
      return refunded
    },
    payment: (id) => payments.get(id),
  }
}
