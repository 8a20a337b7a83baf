/** What an authorization request says about who logs in, and how (OpenID Connect Core 1.0 §3.1.2.1). */
export interface AuthenticationDemands {
  /** The values of `prompt`. */
  readonly prompts: readonly string[]
  /** How long ago the login may be; 0 demands a new one, as `prompt=login` does. */
  readonly maxAgeSeconds: number | undefined
  /** In the order of preference. */
  readonly acrValues: readonly string[]
  readonly loginHint: string | undefined
  /** Not verified here. */
  readonly idTokenHint: string | undefined
}

/** Reads the parameters, of which `prompt` and `max_age` have been checked. */
export function readAuthenticationDemands(values: ReadonlyMap<string, string>): AuthenticationDemands {
  const maxAge = values.get('max_age')
  return {
    prompts: words(values.get('prompt')),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    acrValues: words(values.get('acr_values')),
    loginHint: values.get('login_hint'),
    idTokenHint: values.get('id_token_hint'),
  }
}

function words(value: string | undefined): readonly string[] {
  return value?.split(' ').filter((word) => word !== '') ?? []
}
