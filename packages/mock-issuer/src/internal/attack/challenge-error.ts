import { shorten } from '../shorten.js'

const ofBearerOrDpop = /(?:^|,)\s*(?:bearer|dpop)\s([^]*)/i
const parameter = /([^\s,="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g

/** The `error` of the first challenge for a token (RFC 6750 §3), from all `WWW-Authenticate` fields; `undefined` if it has none. */
export function challengeError(challenges: string): string | undefined {
  const parameters = ofBearerOrDpop.exec(challenges)?.[1] ?? ''
  for (const [, name, quoted, plain] of parameters.matchAll(parameter)) {
    if (name?.toLowerCase() === 'error') return toErrorCode(quoted ?? plain ?? '')
  }
  return undefined
}

const maxCharacters = 64

/** An error as RFC 6750 §3 spells it: what else an API sends would reach into the terminal, or fill it. */
function toErrorCode(text: string): string {
  return shorten(text.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?'), maxCharacters)
}
