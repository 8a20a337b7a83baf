import type { StandardSchemaV1 } from '@standard-schema/spec'
import { getValidatedIdTokenClaims, type TokenEndpointResponse } from 'oauth4webapi'
import { ClientError } from '../client-error.js'

/**
 * The claims of an ID token that has been checked, in the form of the app's schema; `undefined` for an answer without one.
 *
 * @throws {ClientError} `response_invalid`, naming the claims that do not fit and not their values; for a schema that throws, with that as its cause
 */
export async function readIdTokenClaims<Claims>(
  schema: StandardSchemaV1<unknown, Claims> | undefined,
  answer: TokenEndpointResponse,
): Promise<Claims | undefined> {
  const claims: unknown = getValidatedIdTokenClaims(answer)
  return claims === undefined ? undefined : fitClaims(schema, claims)
}

/** Has the app's schema look at claims. */
export async function fitClaims<Claims>(schema: StandardSchemaV1<unknown, Claims> | undefined, claims: unknown): Promise<Claims> {
  if (schema === undefined) return claims as Claims
  const result = await validate(schema, claims)
  if (result.issues === undefined) return result.value
  const places = result.issues.map(
    ({ path }) => path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.') ?? 'claims',
  )
  throw new ClientError('response_invalid', `The claims of the ID token do not fit the client's schema: ${places.slice(0, 10).join(', ')}.`)
}

/** What a schema throws may have the claims in it, which are about a person: it is not repeated. */
async function validate<Claims>(schema: StandardSchemaV1<unknown, Claims>, claims: unknown): Promise<StandardSchemaV1.Result<Claims>> {
  try {
    return await schema['~standard'].validate(claims)
  } catch (cause) {
    throw new ClientError('response_invalid', "The client's schema for the claims of the ID token throws, where it should give issues.", {
      cause,
    })
  }
}
