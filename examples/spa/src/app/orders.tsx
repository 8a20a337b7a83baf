import { BrowserClientError } from '@bailiwick/client/browser'
import { useAuth } from '@bailiwick/client/react'
import { useCallback, useEffect, useState } from 'react'
import { apiUrl } from './client.js'
import { keepRefund, takeRefund } from './pending-refund.js'

interface Order {
  readonly id: string
  readonly item: string
  readonly status: 'placed' | 'refunded'
}

/** The user's orders. A refund may want a stronger login: the user does that, comes back, and the refund that was asked for is made. */
export function Orders() {
  const auth = useAuth()
  const { user, error, fetch, login } = auth
  const userId = user?.sub ?? ''
  const [orders, setOrders] = useState<readonly Order[]>()
  const [notice, setNotice] = useState<string>()

  const load = useCallback(async () => {
    const response = await fetch(`${apiUrl}/orders`)
    if (response.ok) setOrders((await response.json()) as Order[])
    else setNotice('Your orders cannot be shown right now.')
  }, [fetch])

  const refund = useCallback(
    async (id: string) => {
      try {
        const response = await fetch(`${apiUrl}/orders/${encodeURIComponent(id)}/refund`, { method: 'POST' })
        setNotice(response.ok ? `Order ${id} is refunded.` : `Order ${id} cannot be refunded.`)
        await load()
      } catch (reason) {
        if (!(reason instanceof BrowserClientError && reason.stepUp)) throw reason
        await login({ ...reason.stepUp, returnTo: `/orders?pending=${keepRefund(id, userId)}` })
      }
    },
    [fetch, load, login, userId],
  )

  useEffect(() => {
    const report = () => setNotice('This did not work. Please try again.')
    const key = new URLSearchParams(location.search).get('pending')
    const pending = takeRefund(key, userId)
    if (key !== null) history.replaceState(null, '', '/orders')
    if (pending !== undefined && error === undefined) refund(pending).catch(report)
    else load().catch(report)
    const update = () => void load().catch(report)
    addEventListener('focus', update)
    return () => removeEventListener('focus', update)
  }, [auth.status, error, userId, load, refund])

  return (
    <section>
      <h1>Your orders</h1>
      {notice !== undefined && <p role="status">{notice}</p>}
      {error && <p role="alert">The login did not work: {error.description ?? error.error}</p>}
      <ul className="orders">
        {orders?.map(({ id, item, status }) => (
          <li key={id} className="card">
            <div>
              <strong>{item}</strong>
              <span className="quiet">Order {id}</span>
            </div>
            {status === 'placed' ? (
              <button type="button" aria-label={`Refund ${item}`} onClick={() => void refund(id)}>
                Refund
              </button>
            ) : (
              <span className="badge">Refunded</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
