import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ClientMetadata, Configuration } from 'oidc-provider'
import { type ServedProvider, serveProvider } from './served-provider.js'
import { createWebBrowser } from './web-browser.js'

/** Where a browser is sent when a device has been allowed, so that it is known to be done. */
const donePage = 'https://shop.example.com/done'

/** A certified authorization server for tools without a web server: the device grant, any port of loopback, registration, revocation, userinfo. */
export interface DeviceProvider extends ServedProvider {
  /** What a registration has to show. */
  readonly initialAccessToken: string
  /** Types in the code of a device as john, and allows it, or refuses. */
  decide(verificationUri: string, userCode: string, decision: 'yes' | 'no'): Promise<void>
}

/** Starts one on a socket of this machine. Its clients are `tool` (public), and `bound` (public, and DPoP alone, with signed userinfo). */
export async function startDeviceProvider(): Promise<DeviceProvider> {
  const initialAccessToken = randomBytes(24).toString('base64url')
  return {
    ...(await serveProvider(configuration(initialAccessToken))),
    initialAccessToken,
    decide: async (verificationUri, userCode, decision) => {
      const fill = (page: string) => fillIn(page, userCode, decision)
      await createWebBrowser().goUntil(verificationUri, donePage, fill)
    },
  }
}

/** Signs in as john, and agrees, or does not. */
export function fillIn(page: string, userCode: string, decision: 'yes' | 'no'): Record<string, string> {
  if (page.includes('value="login"')) return { prompt: 'login', login: 'john', password: 'any' }
  if (page.includes('value="consent"')) return { prompt: 'consent' }
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  if (page.includes('op.deviceConfirmForm'))
    return { xsrf, user_code: userCode, ...(decision === 'yes' ? { confirm: 'yes' } : { abort: 'yes' }) }
  return { xsrf, user_code: userCode }
}

const tool: ClientMetadata = {
  client_id: 'tool',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://127.0.0.1/callback'],
  post_logout_redirect_uris: ['https://shop.example.com/bye'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  id_token_signed_response_alg: 'ES256',
}

function configuration(initialAccessToken: string): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    clients: [tool, { ...tool, client_id: 'bound', dpop_bound_access_tokens: true, userinfo_signed_response_alg: 'ES256' }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'first', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientAuthMethods: ['none', 'client_secret_basic'],
    pkce: { methods: ['S256'], required: () => true },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: true,
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: 'John' }) }),
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      DeviceCode: 300,
      Grant: 3600,
      IdToken: 300,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true, successSource: (ctx) => ctx.redirect(donePage) },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
      jwtUserinfo: { enabled: true },
      registration: { enabled: true, initialAccessToken },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      userinfo: { enabled: true },
    },
  }
}
