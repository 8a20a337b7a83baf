import { settingsWarnings } from '../advice/settings-warnings.js'
import type { WarnedSettings } from '../advice/settings-warnings.js'
import type { IssuerHub } from '../hub/issuer-hub.js'
import type { IssuerState } from '../issuer-state.js'
import { printable } from '../invisible-characters.js'

export interface StartWarningsInput {
  readonly hub: Pick<IssuerHub, 'mounted'>
  write(line: string): unknown
}

/**
 * Makes what writes, a line for each, what the issuers are set up with that cannot work: at the start all of it, and after a change of the
 * configuration what is new. A warning names the issuers that it is about, unless it is about all.
 */
export function createStartWarnings({ hub, write }: StartWarningsInput): () => void {
  let told: ReadonlySet<string> = new Set()
  return () => {
    const lines = warningLines(hub)
    for (const line of lines) if (!told.has(line)) write(`Warning: ${line}\n`)
    told = lines
  }
}

function warningLines({ mounted }: StartWarningsInput['hub']): ReadonlySet<string> {
  const issuersOf = new Map<string, string[]>()
  for (const { issuer, state } of mounted.values()) {
    for (const warning of settingsWarnings(withoutRegistered(state))) {
      issuersOf.set(warning, [...(issuersOf.get(warning) ?? []), issuer.issuer])
    }
  }
  const lines = [...issuersOf].map(([warning, issuers]) => {
    const where = issuers.length === mounted.size ? '' : ` (${issuers.join(', ')})`
    return `${printable(warning)}${where}`
  })
  return new Set(lines)
}

// What a client registered for itself is not in the configuration that is warned about.
function withoutRegistered(state: IssuerState): WarnedSettings {
  return { ...state, clients: new Map([...state.clients].filter(([clientId]) => state.registry.find(clientId) === undefined)) }
}
