import { Authenticated, useAuth } from '@bailiwick/client/react'
import { Orders } from './orders.js'
import { Outage } from './outage.js'
import { Welcome } from './welcome.js'

export function App() {
  const { user, login, logout } = useAuth()
  return (
    <>
      <header>
        <a className="brand" href="/">
          <span aria-hidden="true">✏️</span> Pencil shop
        </a>
        {user !== undefined && (
          <div className="account">
            <span className="avatar" aria-hidden="true">
              {user.sub.charAt(0)}
            </span>
            <span className="name">{user.sub}</span>
            <button type="button" onClick={() => void logout()}>
              Log out
            </button>
          </div>
        )}
      </header>
      <main>
        <Authenticated
          loading={<p className="quiet">One moment…</p>}
          unavailable={<Outage />}
          fallback={<Welcome onLogin={() => void login({ returnTo: '/orders' })} />}
        >
          <Orders />
        </Authenticated>
      </main>
    </>
  )
}
