import { ConfigurationError } from '@bailiwick/protocol'
import type { AuthorizationDetail, StartLoginOptions } from '../../login.js'
import { requireKnownOptions } from '../known-options.js'
import { parseReturnTo } from '../return-to.js'
import { requireScope } from '../scope-option.js'

/** What one login asks for, checked, with the defaults. */
export interface LoginRequest {
  readonly scope: string
  readonly wantsIdToken: boolean
  readonly returnTo: string
  readonly resources: readonly string[]
  readonly acrValues: readonly string[]
  readonly requireAcr: boolean
  readonly maxAgeSeconds: number | undefined
  readonly loginHint: string | undefined
  readonly prompt: string | undefined
  readonly uiLocales: readonly string[]
  readonly authorizationDetails: readonly AuthorizationDetail[] | undefined
  readonly responseMode: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly appState: string | undefined
}

const known = [
  'scope',
  'returnTo',
  'resource',
  'acrValues',
  'requireAcr',
  'maxAgeSeconds',
  'loginHint',
  'prompt',
  'uiLocales',
  'authorizationDetails',
  'responseMode',
  'parameters',
  'appState',
  'loopbackPort',
  'signal',
]

/** The words of `prompt` (OpenID Connect Core §3.1.2.1, Prompt Create 1.0). */
const prompts = ['none', 'login', 'consent', 'select_account', 'create']

/**
 * Checks what a login asks for, before anything is sent.
 *
 * @throws {ConfigurationError} naming the option and the fix
 */
export function readLoginRequest(options: StartLoginOptions, defaultScope: string): LoginRequest {
  requireKnownOptions(options, known)
  const scope = options.scope ?? defaultScope
  const request: LoginRequest = {
    scope,
    wantsIdToken: requireScope(scope).includes('openid'),
    returnTo: requireReturnTo(options.returnTo ?? '/'),
    resources: typeof options.resource === 'string' ? [options.resource] : (options.resource ?? []),
    acrValues: requireWords('acrValues', options.acrValues ?? []),
    requireAcr: options.requireAcr ?? false,
    maxAgeSeconds: options.maxAgeSeconds,
    loginHint: requireShort('loginHint', options.loginHint),
    prompt: requireWord('prompt', options.prompt, prompts),
    uiLocales: requireWords('uiLocales', options.uiLocales ?? []),
    authorizationDetails: options.authorizationDetails,
    responseMode: requireWord('responseMode', options.responseMode, ['query', 'form_post']),
    parameters: options.parameters ?? {},
    appState: requireShort('appState', options.appState),
  }
  requireResources(request.resources)
  requireTypes(request.authorizationDetails)
  requireCheckable(request)
  return request
}

function requireReturnTo(text: string): string {
  const path = parseReturnTo(text)
  if (path !== undefined) return path
  throw new ConfigurationError(
    "returnTo must be a path on this origin; for one that comes with a request, give parseReturnTo(text) ?? '/'.",
  )
}

function requireShort(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text.length <= 1024) return text
  throw new ConfigurationError(`${name} must have at most 1,024 characters.`)
}

function requireWord(name: string, word: string | undefined, words: readonly string[]): string | undefined {
  if (word === undefined || words.includes(word)) return word
  throw new ConfigurationError(`${name} must be one of ${words.join(', ')}.`)
}

/** What is sent as one text with spaces between. */
function requireWords(name: string, words: readonly string[]): readonly string[] {
  if (Array.isArray(words) && words.every((word) => /^[!-~]+$/.test(word))) return words
  throw new ConfigurationError(`${name} must be a list of texts of printable ASCII, each without spaces.`)
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2} */
function requireResources(resources: readonly string[]): void {
  if (resources.every((resource) => URL.canParse(resource) && !resource.includes('#'))) return
  throw new ConfigurationError('resource must be absolute URIs without a fragment.')
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9396#section-2 RFC 9396 §2} */
function requireTypes(details: readonly AuthorizationDetail[] | undefined): void {
  if (details === undefined || (Array.isArray(details) && details.every(({ type }) => typeof type === 'string' && type !== ''))) return
  throw new ConfigurationError('authorizationDetails must be a list of objects with a type.')
}

/** What is asked for so that it can be relied on must be in an ID token, where it can be seen. */
function requireCheckable({ maxAgeSeconds, requireAcr, acrValues, wantsIdToken }: LoginRequest): void {
  if (maxAgeSeconds !== undefined && !(Number.isSafeInteger(maxAgeSeconds) && maxAgeSeconds >= 0)) {
    throw new ConfigurationError('maxAgeSeconds must be a whole number of seconds, 0 or more.')
  }
  if (requireAcr && acrValues.length === 0) throw new ConfigurationError('requireAcr needs acrValues: list those that will do.')
  if ((requireAcr || maxAgeSeconds !== undefined) && !wantsIdToken) {
    throw new ConfigurationError('maxAgeSeconds and requireAcr are checked in the ID token: ask for the scope openid.')
  }
}
