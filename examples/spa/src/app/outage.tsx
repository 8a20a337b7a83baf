import { useAuth } from '@bailiwick/client/react'

/** For a user of whom nothing can be known now: logging in would not help. */
export function Outage() {
  const { handlePage } = useAuth()
  return (
    <section className="card welcome">
      <h1>One moment, please</h1>
      <p role="alert">We cannot reach our login right now.</p>
      <button type="button" className="primary" onClick={() => void handlePage()}>
        Try again
      </button>
    </section>
  )
}
