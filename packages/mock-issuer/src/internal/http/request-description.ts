import { parseBasicCredentials } from '../client-authentication/basic-credentials.js'

/** What a request says of itself, as far as it is no secret. */
export interface RequestDescription {
  readonly clientId: string | undefined
  readonly grantType: string | undefined
  readonly scope: string | undefined
}

type Clients = ReadonlyMap<string, unknown>

const maxBytes = 65_536
const maxCharacters = 1_024

/**
 * Reads what the log says of a request beyond its path: from the form, of which it leaves a copy to be read, or from the query.
 * Nothing of it is checked, but that the client of HTTP Basic is one of the `clients`: who confuses the two has sent a secret as the id.
 */
export async function describeRequest(request: Request, clients: Clients = new Map()): Promise<RequestDescription> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')
  if (request.method === 'POST' && isForm && request.body !== null) return describe(request, await readForm(request), clients)
  return describe(request, new URL(request.url).search.slice(0, maxBytes), clients)
}

function describe(request: Request, text: string, clients: Clients): RequestDescription {
  const parameters = new URLSearchParams(text)
  const clientId = parameters.get('client_id') ?? basicClientId(request, clients) ?? assertedClientId(parameters.get('client_assertion'))
  return {
    clientId: short(clientId, 256),
    grantType: short(parameters.get('grant_type'), 256),
    scope: short(parameters.get('scope'), maxCharacters),
  }
}

async function readForm(request: Request): Promise<string> {
  // A copy, so that the endpoint still finds the body. Cancelling it is what bounds how much of the body is held for the other.
  const reader = request.clone().body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let read = await reader.read(); !read.done && text.length < maxBytes; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true })
    }
  } catch {
    // The client went away within its body. The endpoint is told the same, and answers for it.
  }
  reader.cancel().catch(() => {})
  return text.slice(0, maxBytes)
}

function basicClientId(request: Request, clients: Clients): string | undefined {
  const clientId = parseBasicCredentials(request.headers.get('authorization') ?? '')?.clientId
  return clientId !== undefined && clients.has(clientId) ? clientId : undefined
}

// RFC 7523 §3: the subject of a client's assertion is its id.
function assertedClientId(assertion: string | null): string | undefined {
  const payload = assertion?.split('.')[1]
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const sub = typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : undefined
    return typeof sub === 'string' ? sub : undefined
  } catch {
    return undefined
  }
}

function short(value: string | null | undefined, characters: number): string | undefined {
  return value?.slice(0, characters)
}
