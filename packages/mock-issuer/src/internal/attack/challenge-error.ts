// The scheme, and after it everything up to the next scheme: a token that is followed by a space and no equals sign.
const ofBearerOrDpop = /(?:^|,)\s*(?:bearer|dpop)\s([^]*)/i

/** The `error` of the first challenge for a token (RFC 6750 §3), from all `WWW-Authenticate` fields; `undefined` if it has none. */
export function challengeError(challenges: string): string | undefined {
  const parameters = ofBearerOrDpop.exec(challenges)?.[1]
  return parameters === undefined ? undefined : /(?:^|[\s,])error\s*=\s*"?([^",\s]+)/i.exec(parameters)?.[1]
}
