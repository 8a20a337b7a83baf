import type { ReactNode } from 'react'
import { useAuth } from './use-auth.js'

/** What is shown, and what instead. */
export interface AuthenticatedProps {
  /** For the user. */
  readonly children?: ReactNode
  /** For whoever is not logged in. Default: nothing. */
  readonly fallback?: ReactNode
  /** While the server cannot be asked who the user is. For a user who is known already, the children stay. Default: `fallback`. */
  readonly unavailable?: ReactNode
  /** While it is not known yet. Default: nothing. */
  readonly loading?: ReactNode
}

/**
 * Shows its children to users who are logged in, also while the server is away: what they have typed is not lost by that. It hides, and does *not* protect: what is in the bundle, everybody can read; the API decides.
 *
 * @example
 * // In JSX: <Authenticated fallback="Please log in.">Your orders</Authenticated>
 * const Page = () => Authenticated({ fallback: 'Please log in.', children: 'Your orders' })
 *
 * @throws {ConfigurationError} outside of an `AuthProvider`
 */
export function Authenticated({ children, fallback, unavailable = fallback, loading }: AuthenticatedProps): ReactNode {
  const { status, user } = useAuth()
  if (status === 'loading') return loading
  if (status === 'anonymous') return fallback
  return user === undefined ? unavailable : children
}
