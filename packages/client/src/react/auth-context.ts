import { createContext } from 'react'
import type { BrowserClient } from '../browser/browser-client.js'

/** The client of the page, for the components below the provider. What its claims are, the component says that asks. */
export const AuthContext = createContext<BrowserClient<unknown> | undefined>(undefined)
