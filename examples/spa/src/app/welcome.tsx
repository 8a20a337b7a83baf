import { useAuth } from '@bailiwick/client/react'

/** For whoever is not logged in. What a server says is text: React escapes it. */
export function Welcome({ onLogin }: { onLogin: () => void }) {
  const { error } = useAuth()
  return (
    <section className="card welcome">
      <h1>Your orders, on any device</h1>
      <p>Log in to see what is on its way, and to give back what you do not like.</p>
      {error !== undefined && <p role="alert">The login did not work: {error.description ?? error.error}</p>}
      <button type="button" className="primary" onClick={onLogin}>
        Log in
      </button>
    </section>
  )
}
