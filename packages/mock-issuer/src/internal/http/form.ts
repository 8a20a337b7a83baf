import { OAuthRefusal } from './oauth-refusal.js'
import { parseParameters } from './parameters.js'
import type { Parameters } from './parameters.js'

/** The parameters of a form body, each at most once. */
export type Form = ReadonlyMap<string, string>

const maxBytes = 65_536

/**
 * Reads the form body of a request to the token endpoint or one like it.
 * @throws {OAuthRefusal} `invalid_request`: not a form, over 64 kB (413), not UTF-8, or with a repeated parameter
 */
export async function readForm(request: Request): Promise<Form> {
  const { values, repeated } = await readParameters(request)
  if (repeated.length > 0) throw new OAuthRefusal('invalid_request', `Send each parameter once; repeated: ${repeated.join(', ')}.`)
  return values
}

/** As `readForm`, for an endpoint that answers repeated parameters in a way of its own. */
export async function readParameters(request: Request): Promise<Parameters> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OAuthRefusal('invalid_request', 'Send the parameters as application/x-www-form-urlencoded in the body.')
  }
  const bytes = await readBounded(request)
  try {
    return parseParameters(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new OAuthRefusal('invalid_request', 'The body is not UTF-8.')
  }
}

/**
 * The value of a parameter that must be there.
 * @throws {OAuthRefusal} `invalid_request`
 */
export function requiredParameter(form: Form, name: string): string {
  const value = form.get(name)
  if (value === undefined) throw new OAuthRefusal('invalid_request', `The parameter ${name} is missing.`)
  return value
}

async function readBounded(request: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(maxBytes)
  let length = 0
  for await (const chunk of readChunks(request)) {
    if (length + chunk.length > maxBytes) throw new OAuthRefusal('invalid_request', `The body is longer than ${maxBytes} bytes.`, 413)
    bytes.set(chunk, length)
    length += chunk.length
  }
  return bytes.subarray(0, length)
}

async function* readChunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (reader === undefined) return
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel()
  }
}
