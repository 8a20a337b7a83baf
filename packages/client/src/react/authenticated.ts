import type { ReactNode } from 'react'
import { useAuth } from './use-auth.js'

/** What is shown, and what instead. */
export interface AuthenticatedProps {
  /** For the user. */
  readonly children?: ReactNode
  /** For whoever is not logged in, as far as is known: also while the server cannot be asked. Default: nothing. */
  readonly fallback?: ReactNode
  /** While it is not known yet. Default: nothing. */
  readonly loading?: ReactNode
}

/**
 * Shows its children to users who are logged in. It hides, and does *not* protect: what is in the bundle, everybody can read; the API decides.
 *
 * @example
 * // In JSX: <Authenticated fallback="Please log in.">Your orders</Authenticated>
 * const Page = () => Authenticated({ fallback: 'Please log in.', children: 'Your orders' })
 *
 * @throws {ConfigurationError} outside of an `AuthProvider`
 */
export function Authenticated({ children, fallback, loading }: AuthenticatedProps): ReactNode {
  const { status } = useAuth()
  if (status === 'loading') return loading
  return status === 'authenticated' ? children : fallback
}
