const ofBearerOrDpop = /(?:^|,)\s*(?:bearer|dpop)\s([^]*)/i
const parameter = /([^\s,="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g

/** The `error` of the first challenge for a token (RFC 6750 §3), from all `WWW-Authenticate` fields; `undefined` if it has none. */
export function challengeError(challenges: string): string | undefined {
  const parameters = ofBearerOrDpop.exec(challenges)?.[1] ?? ''
  for (const [, name, quoted, plain] of parameters.matchAll(parameter)) {
    if (name?.toLowerCase() === 'error') return quoted ?? plain
  }
  return undefined
}
