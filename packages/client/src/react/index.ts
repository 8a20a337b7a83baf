'use client'

export { Authenticated } from './authenticated.js'
export type { AuthenticatedProps } from './authenticated.js'
export { AuthProvider } from './auth-provider.js'
export type { AuthProviderProps } from './auth-provider.js'
export { useAuth } from './use-auth.js'
export type { Auth } from './use-auth.js'
