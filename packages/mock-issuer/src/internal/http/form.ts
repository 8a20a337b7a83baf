import { readBoundedBody } from './bounded-body.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { parseParameters } from './parameters.js'
import type { Parameters, ParameterValues } from './parameters.js'

/** The parameters of a form body, each at most once but those that may be repeated. */
export type Form = ParameterValues

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
  const bytes = await readBoundedBody(request)
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
