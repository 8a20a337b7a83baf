import { readBoundedBody } from '../http/bounded-body.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { isDeeperThan } from '../json-depth.js'

const maxDepth = 12

/**
 * Reads the JSON object in the body of a request.
 * @throws {OAuthRefusal} `invalid_client_metadata`: not JSON, not an object, or nested more than 12 levels deep; `invalid_request` over 64 kB (413)
 */
export async function readJsonObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new OAuthRefusal('invalid_client_metadata', 'Send the metadata as application/json.')
  const bytes = await readBoundedBody(request)
  const value = parseJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OAuthRefusal('invalid_client_metadata', 'The body is not a JSON object.')
  }
  // What is deeper could be read, but not be written again: the client would be there, and never learn of it.
  if (isDeeperThan(value, maxDepth))
    throw new OAuthRefusal('invalid_client_metadata', `The metadata is nested more than ${maxDepth} levels deep.`)
  return value as Readonly<Record<string, unknown>>
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}
