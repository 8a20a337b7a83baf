import type { IssuerClient } from '@bailiwick/mock-issuer'

export const redirectUri = 'https://app.example.com/callback'
export const signedOutUri = 'https://app.example.com/signed-out'

/** A public client, as an app on a device is one, that may use each grant of a user's. */
export const app: IssuerClient = {
  clientId: 'app',
  redirectUris: [redirectUri],
  postLogoutRedirectUris: [signedOutUri],
  grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
}
