import type * as z from 'zod/mini'
import { shorten } from '../shorten.js'
import { isSecretPlace } from './secret-members.js'

/** What the values of JSON are called. */
const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

/**
 * Says what a value must be, after its place: `must be a list, not "a"`. For what a schema says nothing about by itself. Of what may be a
 * secret only the kind is told.
 */
export function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}, not ${told(issue)}`
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty'
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}, not ${told(issue)}`
  }
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}, not ${told(issue)}`
  return `cannot be ${told(issue)}`
}

/** The place of a value, as a program would reach it: `clients[0].redirectUris[1]`. Empty for the whole. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === 'number') return `${place}[${part}]`
    const name = String(part)
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${place}[${JSON.stringify(name)}]`
    return place === '' ? name : `${place}.${name}`
  }, '')
}

const maxCharacters = 60

function told({ path = [], input }: z.core.$ZodRawIssue): string {
  return isSecretPlace(path) ? kindOf(input) : shown(input)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : (kinds[typeof value] ?? typeof value)
}

function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? kindOf(value) : (JSON.stringify(value) ?? typeof value)
  return shorten(text, maxCharacters)
}
