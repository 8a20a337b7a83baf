/** What was sent to a server. */
export interface SentRequest {
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** A form, or anything else. */
  readonly body: string | undefined
}

/** Whoever has one of them, has something. */
const secretParameters = [
  'refresh_token',
  'code',
  'code_verifier',
  'device_code',
  'assertion',
  'client_assertion',
  'client_secret',
  'subject_token',
  'actor_token',
  'token',
]
/** What is shorter is no secret, and may be part of any word. */
const leastCharacters = 4
/** A part of a secret that is as long as this is no accident. */
const leastPart = 8

const sent = new WeakMap<Response, readonly string[]>()

/** Keeps what must not be shown of a request, for as long as there is its answer. */
export function rememberSecrets(response: Response, { headers, body = '' }: SentRequest): void {
  const form = new URLSearchParams(body)
  const secrets = [...secretParameters.flatMap((name) => form.getAll(name)), ...credentialsIn(headers.authorization ?? '')]
  sent.set(
    response,
    secrets.flatMap(spellings).filter((secret) => secret.length >= leastCharacters),
  )
}

/**
 * Puts `[hidden]` for each secret that was sent, in a text by which the server answers: servers repeat what they refuse, and the text of an error goes to
 * logs. A part of at least 8 characters is hidden too. What the server knows besides is not known here, and so is *not* hidden.
 */
export function hideSecrets(text: string, response: Response | undefined): string {
  const secrets = response === undefined ? [] : (sent.get(response) ?? [])
  const longestFirst = secrets.toSorted((one, other) => other.length - one.length)
  const withoutWhole = longestFirst.reduce((before, secret) => before.replaceAll(secret, '[hidden]'), text)
  const isPart = (word: string) => word.length >= leastPart && secrets.some((secret) => secret.includes(word))
  return withoutWhole.replaceAll(/[\w~+/=%.-]+/g, (word) => (isPart(word.replaceAll(/^\.+|\.+$/g, '')) ? '[hidden]' : word))
}

/** The credentials themselves, and the secret in those of `Basic`, whose halves are form-encoded (RFC 6749 §2.3.1). */
function credentialsIn(authorization: string): readonly string[] {
  const [scheme = '', credentials = ''] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'basic') return [credentials]
  const pair = decodeBase64(credentials)
  const encoded = pair.slice(pair.indexOf(':') + 1)
  return [credentials, encoded, new URLSearchParams(`secret=${encoded}`).get('secret') ?? '']
}

function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), new URLSearchParams({ secret }).toString().slice('secret='.length)]
}

function decodeBase64(text: string): string {
  try {
    return atob(text)
  } catch {
    return ''
  }
}
