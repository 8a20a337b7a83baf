import { decodeJwt } from 'jose'
import type { JWTPayload } from 'jose'
import type { MockIssuer } from '../src/mock-issuer.js'
import type { Browser, OpenPage } from './browser.js'
import { authorizationUrl, codeForm, post } from './code-flow.js'

/** The parameters of the redirect that a page was answered with; none if it was no redirect. */
export function redirectOf({ response }: OpenPage): Record<string, string> {
  return Object.fromEntries(new URL(response.headers.get('location') ?? 'about:blank').searchParams)
}

/** Asks for authorization in a browser that may have a session. */
export function authorize(browser: Browser, issuer: MockIssuer, changes: Record<string, string | undefined> = {}): Promise<OpenPage> {
  return browser.open(authorizationUrl(issuer, { scope: 'openid', ...changes }))
}

/** What a code was redeemed for, with the tokens decoded. */
export interface Redeemed {
  readonly accessToken: JWTPayload
  readonly idToken: JWTPayload
  readonly rawAccessToken: string
  readonly rawIdToken: string
  readonly refreshToken: string
  readonly scope: string | undefined
}

/** Redeems the code of a redirect. */
export async function redeem(issuer: MockIssuer, code: string | undefined, changes: Record<string, string> = {}): Promise<Redeemed> {
  const body = await (await post(issuer, '/token', codeForm(code ?? null, changes))).json()
  return {
    accessToken: decodeJwt(body.access_token),
    idToken: body.id_token === undefined ? {} : decodeJwt(body.id_token),
    rawAccessToken: body.access_token,
    rawIdToken: body.id_token ?? '',
    refreshToken: body.refresh_token ?? '',
    scope: body.scope,
  }
}

/** Logs a user in with a browser and redeems the code. */
export async function logInWith(
  browser: Browser,
  issuer: MockIssuer,
  changes: Record<string, string | undefined> = {},
  fields: Record<string, string> = { user: 'john' },
): Promise<Redeemed> {
  const page = await authorize(browser, issuer, changes)
  return redeem(
    issuer,
    redirectOf(await page.submit(fields))['code'],
    changes['client_id'] === undefined ? {} : { client_id: changes['client_id'] },
  )
}
