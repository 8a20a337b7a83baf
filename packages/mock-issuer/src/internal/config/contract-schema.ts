import * as z from 'zod/mini'
import type { IssuerContract } from '../../contract.js'
import { memberAliases } from './member-aliases.js'
import { filledText, option, required, strictObject, text, texts } from './schema-parts.js'

const scope = strictObject({
  description: option(text, 'Shown on the login page.'),
  claims: option(texts, 'Claims that a token with this scope must have.'),
})

/** A contract as plain data. */
export const contractSchema = strictObject(
  {
    audience: required(filledText, 'The aud of the tokens.'),
    scopes: required(
      z.record(z.string(), scope),
      'Every scope that may be issued, by name. One that ends in * is a prefix: payment:* allows payment:123.',
    ),
  },
  { id: 'Contract', aliases: memberAliases.contract },
)

/** A contract of a program: what `defineContract` returns has more members than the issuer asks for, and a schema of the claims. */
export const programContractSchema = z.custom<IssuerContract>(isContract, 'must be a contract, with an audience and scopes')

function isContract(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('audience' in value) || !('scopes' in value)) return false
  return typeof value.audience === 'string' && typeof value.scopes === 'object' && value.scopes !== null
}
