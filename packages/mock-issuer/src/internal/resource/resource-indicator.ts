// RFC 3986 §4.3: an absolute URI has no fragment. The characters are those of a URI; it ends up in the `aud` of tokens.
const absoluteUri = /^[a-z][a-z0-9+.-]*:[\w\-.~:/?[\]@!$&'()*+,;=%]+$/i

const maxCharacters = 2_048
const maxResources = 20

/** Whether a text can name a protected resource: an absolute URI without a fragment, of at most 2,048 characters. */
export function isResourceIndicator(text: string): boolean {
  return text.length <= maxCharacters && absoluteUri.test(text) && URL.canParse(text)
}

/**
 * Why the values of the parameter `resource` cannot be taken (`invalid_target`); `undefined` if they can. There may be 20 of them.
 *
 * @param allowed the resources that the issuer knows, compared as strings. `undefined` for any: a laxity
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 */
export function findResourceProblem(resources: readonly string[], allowed: ReadonlySet<string> | undefined): string | undefined {
  if (resources.length > maxResources) return `There are more than ${maxResources} resources.`
  if (!resources.every(isResourceIndicator)) return 'A resource must be an absolute URI without a fragment.'
  const unknown = resources.find((resource) => allowed !== undefined && !allowed.has(resource))
  return unknown === undefined ? undefined : `There is no resource ${unknown}.`
}
