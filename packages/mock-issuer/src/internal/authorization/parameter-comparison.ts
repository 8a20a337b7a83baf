import type { IssuerClient } from '../../client.js'
import { listed, quoted } from '../advice/known-names.js'
import { unknownClientAdvice } from '../advice/client-advice.js'

/** A parameter as it was sent, beside what is registered: for the person who has to mend the one or the other. */
export interface ParameterComparison {
  readonly parameter: 'client_id' | 'redirect_uri'
  /** `undefined` when it was not sent. */
  readonly sent: string | undefined
  readonly registered: readonly string[]
  /** The client whose registration it is; `undefined` for the `client_id` itself. */
  readonly clientId: string | undefined
  /** What would mend it, for the person before the page. */
  readonly advice: string
  /** The same for the log, which must hold neither codes nor secrets: a URI in it is without what may carry them. */
  readonly loggedAdvice: string
}

/** Compares a `client_id` with those of the clients that there are. */
export function compareClientId(sent: string | undefined, clients: ReadonlyMap<string, IssuerClient>): ParameterComparison {
  const advice = unknownClientAdvice(sent, clients) ?? `The clients are ${listed(clients.keys())}.`
  return { parameter: 'client_id', sent, registered: [...clients.keys()], clientId: undefined, advice, loggedAdvice: advice }
}

/** Compares a `redirect_uri` with those of the client. */
export function compareRedirectUri(sent: string | undefined, { clientId, redirectUris = [] }: IssuerClient): ParameterComparison {
  const advise = (shown: string | undefined) => redirectUriAdvice(sent, shown, { clientId, registered: redirectUris })
  const advice = advise(sent)
  return { parameter: 'redirect_uri', sent, registered: redirectUris, clientId, advice, loggedAdvice: advise(sent && withoutSecrets(sent)) }
}

function redirectUriAdvice(
  sent: string | undefined,
  shown = '',
  { clientId, registered }: { readonly clientId: string; readonly registered: readonly string[] },
): string {
  const name = quoted(clientId)
  if (sent === undefined && registered.length > 0) return `Send one of the "redirectUris" of the client ${name}.`
  if (sent === undefined) return `The client ${name} has no "redirectUris". Give it some, and send one of them.`
  const add = `dd ${quoted(shown)} to the "redirectUris" of the client ${name}`
  if (registered.length === 0) return `A${add}: it has none.`
  return `${portAdvice(sent, registered)}Send one of the registered ones, or a${add}.`
}

// A code and a state are in the query, a token in the fragment, a password before the host.
function withoutSecrets(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1…@').replace(/([?#]).*$/s, '$1…')
}

// RFC 8252 §7.3 lets the port of a loopback address be any, and says of localhost that it is not one (§8.3).
function portAdvice(sent: string, registered: readonly string[]): string {
  const differsByPort = registered.some((uri) => withoutPort(uri) !== undefined && withoutPort(uri) === withoutPort(sent))
  return differsByPort ? 'On localhost the port counts; on 127.0.0.1 any port will do (RFC 8252 §7.3). ' : ''
}

function withoutPort(uri: string): string | undefined {
  const found = /^(http:\/\/localhost)(?::\d{1,5})?([/?].*)?$/.exec(uri)
  return found === null ? undefined : `${found[1]}${found[2] ?? ''}`
}
