import type { MockIssuer } from '../src/mock-issuer.js'
import { createBrowser } from './browser.js'

/** The example of RFC 7636 appendix B. */
export const pkce = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

export const redirectUri = 'http://127.0.0.1:3000/callback'

/** A good authorization request of the default public client; a parameter set to `undefined` is left out. */
export function authorizationUrl(issuer: MockIssuer, changes: Record<string, string | undefined> = {}): URL {
  const url = new URL(`${issuer.issuer}/authorize`)
  const parameters = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: 'openid orders_read',
    state: 'state-1',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url
}

/** Logs a user in and returns the parameters of the redirect. */
export async function logIn(
  issuer: MockIssuer,
  changes: Record<string, string | undefined> = {},
  fields: Record<string, string> = { user: 'john' },
): Promise<URLSearchParams> {
  const page = await createBrowser(issuer.fetch).open(authorizationUrl(issuer, changes))
  const { response } = await page.submit(fields)
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

/** Posts a form to one of the issuer's endpoints. */
export function post(
  issuer: MockIssuer,
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return issuer.fetch(issuer.issuer + path, { method: 'POST', body: new URLSearchParams(form), headers })
}

/** The parameters that redeem a code of `logIn`; a parameter set to an empty string counts as left out. */
export function codeForm(code: string | null, changes: Record<string, string> = {}): Record<string, string> {
  const form = { grant_type: 'authorization_code', client_id: 'app', redirect_uri: redirectUri, code_verifier: pkce.verifier }
  return { ...form, code: code ?? '', ...changes }
}

/** The `Authorization` header of client_secret_basic. */
export function basic(clientId: string, clientSecret: string): { authorization: string } {
  return { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
}

/** The default confidential client. */
export const service = basic('service', 'service-secret')
