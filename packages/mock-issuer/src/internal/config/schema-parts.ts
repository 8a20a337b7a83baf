import * as z from 'zod/mini'
import { didYouMean, plainName } from './did-you-mean.js'

/** Names that are not nearly the same, and mean a member all the same, without case and separators. */
export type Aliases = Readonly<Record<string, string>>

/** An object that has no members but these; one that it does not know is answered by the one that was probably meant. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  { id, aliases = {} }: { readonly id?: string; readonly aliases?: Aliases } = {},
): z.ZodMiniObject<Shape, z.core.$strict> {
  const known = Object.keys(shape)
  const object = z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownMember(key, known, aliases)).join('; ') : undefined,
  })
  return id === undefined ? object : object.check(z.meta({ id }))
}

/** A member that may be left out, with what it means for editors that show it. */
export function option<Schema extends z.core.SomeType & z.ZodMiniType>(
  schema: Schema,
  description: string,
): z.ZodMiniExactOptional<Schema> {
  return z.exactOptional(schema).check(z.describe(description))
}

/** A member that must be there, with what it means. */
export function required<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  return schema.check(z.describe(description))
}

export const text = z.string()
export const filledText = z.string().check(z.minLength(1))
export const texts = z.array(z.string())
export const flag = z.boolean()
/** A length of time; the member's name says in which unit. */
export const duration = z.int().check(z.positive())
export const claims = z.record(z.string(), z.unknown())
export const textOrTexts = z.union([z.string(), z.array(z.string())], { error: 'must be a string or a list of strings' })
export const headers = z.record(z.string(), z.string())
/** A JWK set (RFC 7517 §5). Which keys it can have is for the issuer to say. */
export const jwks = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** One of these names; a wrong one is answered by the one that was probably meant. */
export function oneOf<const Name extends string>(names: readonly Name[]): z.ZodMiniEnum<{ [Key in Name]: Key }> {
  return z.enum(names, {
    error: ({ input }) => {
      const meant = typeof input === 'string' ? didYouMean(input, names) : undefined
      return meant === undefined ? `must be one of ${names.join(', ')}` : `cannot be "${String(input)}"; did you mean "${meant}"?`
    },
  })
}

function unknownMember(key: string, known: readonly string[], aliases: Aliases): string {
  const plain = plainName(key)
  const alias = Object.hasOwn(aliases, plain) ? aliases[plain] : undefined
  const meant = alias !== undefined && known.includes(alias) ? alias : didYouMean(key, known)
  return `there is no member "${key.slice(0, 60)}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
}
