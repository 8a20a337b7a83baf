/**
 * The forms that access tokens are issued in:
 *
 * - `jwt`: a signed `at+jwt` (RFC 9068), which the client can read
 * - `opaque`: a random reference, which means something to introspection only
 * - `phantom`: a random reference too; an API or its gateway that introspects it gets the JWT that belongs to it
 * - `split`: the signature of a JWT and nothing else; the rest of it is published under the signature's hash: see `PublishedSplitToken`
 */
export type AccessTokenFormat = 'jwt' | 'opaque' | 'phantom' | 'split'

/** Every format that the issuer knows. */
export const accessTokenFormats: readonly AccessTokenFormat[] = ['jwt', 'opaque', 'phantom', 'split']
