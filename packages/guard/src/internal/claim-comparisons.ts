import { ConfigurationError } from '@bailiwick/protocol'
import { parseClaimPath } from './claim-path.js'
import { allowed, denied } from '../decision.js'
import type { ClaimComparison, ClaimValue } from '../guard-description.js'
import { parseClaimValue, parsePattern } from './claim-value.js'
import { defineGuard } from './define-guard.js'
import type { AnyProof } from './define-guard.js'
import { parseParamName, readParam } from './path-param.js'

/**
 * The comparisons of one claim.
 *
 * @param bind what to do with each guard that is made, before it is handed out
 */
export function createClaimGuards(path: string, bind: (guard: AnyProof) => AnyProof) {
  const finish = (description: ClaimComparison, evaluate: AnyProof['evaluate']): AnyProof =>
    bind(defineGuard({ guard: 'claim', path, ...description }, evaluate))
  const place = parseClaimPath(path)
  const cause = `the claim "${path}"`

  const compare = (comparison: ClaimComparison, holds: (value: unknown) => boolean, requirement: string): AnyProof => {
    const absent = denied('forbidden', `${cause} is absent`)
    const different = denied('forbidden', `${cause} ${requirement}`)
    return finish(comparison, ({ claims }) => {
      const value = place.read(claims)
      if (value === undefined || value === null) return absent
      return holds(value) ? allowed : different
    })
  }
  const compareParam = (
    comparison: ClaimComparison & { readonly param: string },
    holds: (value: unknown, param: string) => boolean,
    requirement: string,
  ): AnyProof => {
    const name = parseParamName(comparison.param)
    const different = denied('forbidden', `${cause} ${requirement} the path parameter "${name}"`)
    return finish(comparison, ({ claims }, { params }) => {
      const param = readParam(params, name)
      if (typeof param !== 'string') return param
      return holds(place.read(claims), param) ? allowed : different
    })
  }

  return Object.freeze({
    equals: (value: ClaimValue) => {
      parseClaimValue(value)
      return compare({ is: 'equals', value }, (actual) => actual === value, 'has another value')
    },
    oneOf: (...values: readonly ClaimValue[]) => {
      const expected: readonly unknown[] = values.map(parseClaimValue)
      if (expected.length === 0) throw new ConfigurationError('oneOf() needs at least one value.')
      return compare({ is: 'oneOf', values: [...values] }, (actual) => expected.includes(actual), 'has none of the listed values')
    },
    includes: (value: ClaimValue) => {
      parseClaimValue(value)
      return compare({ is: 'includes', value }, (actual) => Array.isArray(actual) && actual.includes(value), 'does not include the value')
    },
    equalsParam: (param: string) => compareParam({ is: 'equalsParam', param }, isParam, 'is not'),
    includesParam: (param: string) =>
      compareParam(
        { is: 'includesParam', param },
        (actual, value) => Array.isArray(actual) && actual.some((element) => isParam(element, value)),
        'does not include',
      ),
    matches: (pattern: RegExp) => {
      const { source, flags, test } = parsePattern(pattern)
      return compare({ is: 'matches', source, flags }, (actual) => typeof actual === 'string' && test(actual), 'does not match')
    },
  })
}

/** A number beyond the safe integers may have been rounded on its way here, to the number of someone else. */
function isParam(value: unknown, param: string): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && String(value) === param
  return typeof value === 'string' && value === param
}
