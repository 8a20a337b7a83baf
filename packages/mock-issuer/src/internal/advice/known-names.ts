import { didYouMean } from '../config/did-you-mean.js'

const maxListed = 12
const maxCharacters = 100
// Every one is compared with what was given, for every refused request.
const maxCompared = 200

/** A name in quotes, for a sentence. What is long is cut. */
export function quoted(name: string): string {
  return `"${name.length > maxCharacters ? `${name.slice(0, maxCharacters - 1)}…` : name}"`
}

/** Names for a sentence: `app, service`; `none` without any. Of many, the first twelve are named. */
export function listed(names: Iterable<string>): string {
  const all = [...names]
  const shown = all.slice(0, maxListed).map((name) => quoted(name).slice(1, -1))
  if (shown.length === 0) return 'none'
  return all.length > maxListed ? `${shown.join(', ')} and ${all.length - maxListed} more` : shown.join(', ')
}

/** `Did you mean "orders_read"? `, with the space after it, or nothing. Of many names, the first 200 are compared. */
export function suggestion(given: string, known: Iterable<string>): string {
  const meant = didYouMean(given, [...known].slice(0, maxCompared))
  return meant === undefined || meant === given ? '' : `Did you mean ${quoted(meant)}? `
}
