import { isDeeperThan } from '../json-depth.js'

/** What is asked for in detail, of a type that an API defines (RFC 9396 §2). */
export interface AuthorizationDetail {
  readonly type: string
  readonly [member: string]: unknown
}

/** The details that were read, or why they cannot be. */
export type ParsedAuthorizationDetails =
  | { readonly details: readonly AuthorizationDetail[]; readonly problem?: undefined }
  | { readonly problem: string }

const maxCharacters = 16_384
const maxDetails = 50
const maxDepth = 12

/**
 * Reads the parameter `authorization_details`: a JSON array of objects with a `type`, at most 50 of them, 16,384 characters and 12 levels
 * deep. The members that RFC 9396 §2.2 defines must be of their types. What a type of an API means beyond that is not checked.
 *
 * @param allowedTypes the types that the issuer knows; every other is refused. `undefined` for any: a laxity
 * @see {@link https://www.rfc-editor.org/rfc/rfc9396#section-5 RFC 9396 §5}
 */
export function parseAuthorizationDetails(text: string, allowedTypes: ReadonlySet<string> | undefined): ParsedAuthorizationDetails {
  if (text.length > maxCharacters) return { problem: `The authorization_details are longer than ${maxCharacters} characters.` }
  const value = parseJson(text)
  if (!Array.isArray(value) || value.length === 0)
    return { problem: 'The authorization_details are not a JSON array with an object in it.' }
  if (value.length > maxDetails) return { problem: `There are more than ${maxDetails} authorization_details.` }
  if (isDeeperThan(value, maxDepth)) return { problem: `The authorization_details are nested more than ${maxDepth} levels deep.` }
  if (!value.every(isDetail)) return { problem: 'Each of the authorization_details must be an object with a type.' }
  const unknown = value.find(({ type }) => allowedTypes !== undefined && !allowedTypes.has(type))
  if (unknown !== undefined) return { problem: `There are no authorization_details of the type "${unknown.type}".` }
  const malformed = value.find((detail) => !hasKnownMembersOfTheirType(detail))
  if (malformed !== undefined) {
    return { problem: 'The locations, actions, datatypes and privileges must be lists of strings, and the identifier a string.' }
  }
  return { details: value }
}

/** Whether two details say the same, in whatever order their members are. */
export function isSameDetail(left: AuthorizationDetail, right: AuthorizationDetail): boolean {
  return canonical(left) === canonical(right)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function isDetail(value: unknown): value is AuthorizationDetail {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && value.type !== ''
}

function hasKnownMembersOfTheirType(detail: AuthorizationDetail): boolean {
  const lists = ['locations', 'actions', 'datatypes', 'privileges'].map((name) => detail[name] ?? [])
  return lists.every(isStringList) && ['string', 'undefined'].includes(typeof detail['identifier'])
}

function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
