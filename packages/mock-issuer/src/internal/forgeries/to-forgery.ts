import type { Forgery, ForgeryVariant, Presentation } from '../../forgery.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { ForgeryDeclaration, VariantDeclaration } from './declaration.js'
import { makeGoodToken } from './good-token.js'

/** A declared forgery, with all that its variants leave to it. */
export function toForgery<Name extends string, Variant extends string>(
  name: Name,
  declaration: ForgeryDeclaration<Variant>,
): Forgery<Name, Variant> {
  const { title, description, rfc, expected, severity, variants } = declaration
  const names = Object.keys(variants) as Variant[]

  function find(variant: Variant | undefined): VariantDeclaration {
    const wanted = variant ?? names[0]
    if (wanted !== undefined && Object.hasOwn(variants, wanted)) return variants[wanted]
    throw new MockIssuerError('invalid_option', `The forgery "${name}" has no variant "${wanted}"; it has ${names.join(', ')}.`)
  }

  return {
    name,
    title,
    description,
    rfc,
    expected,
    severity,
    variants: names.map((each): ForgeryVariant<Variant> => {
      const { profile, ...own } = variants[each]
      return {
        name: each,
        title: own.title,
        description: own.description ?? description,
        expected: own.expected ?? expected,
        severity: own.severity ?? severity,
        ...(profile !== undefined && { profile }),
      }
    }),
    async make(issuer, claims = {}, { variant, algorithm, header, attacker, breakContract } = {}) {
      const { forge, ...own } = find(variant)
      const needed = own.algorithm ?? declaration.algorithm ?? algorithm
      return forge(await makeGoodToken({ issuer, claims, header, attacker, breakContract, algorithm: needed }))
    },
    present: (token, variant) => (find(variant).present ?? presentAsBearer)(token),
  }
}

/** RFC 6750 §2.1. */
function presentAsBearer(token: string): Presentation {
  return { headers: [['authorization', `Bearer ${token}`]] }
}
