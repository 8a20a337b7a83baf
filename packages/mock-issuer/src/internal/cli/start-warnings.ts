import { settingsWarnings } from '../advice/settings-warnings.js'
import type { WarnedSettings } from '../advice/settings-warnings.js'
import type { IssuerHub } from '../hub/issuer-hub.js'
import type { IssuerState } from '../issuer-state.js'
import { printable } from './printable.js'

/** What the issuers are set up with that cannot work, a line for each, with the issuers that it is about unless it is about all; empty if all can. */
export function startWarnings({ mounted }: Pick<IssuerHub, 'mounted'>): string {
  const issuersOf = new Map<string, string[]>()
  for (const { issuer, state } of mounted.values()) {
    for (const warning of settingsWarnings(withoutRegistered(state))) {
      issuersOf.set(warning, [...(issuersOf.get(warning) ?? []), issuer.issuer])
    }
  }
  const lines = [...issuersOf].map(([warning, issuers]) => {
    const where = issuers.length === mounted.size ? '' : ` (${issuers.join(', ')})`
    return `Warning: ${printable(warning)}${where}\n`
  })
  return lines.join('')
}

// What a client registered for itself is not in the configuration that is started with.
function withoutRegistered(state: IssuerState): WarnedSettings {
  return { ...state, clients: new Map([...state.clients].filter(([clientId]) => state.registry.find(clientId) === undefined)) }
}
