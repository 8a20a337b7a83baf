import { ConfigurationError } from '@bailiwick/protocol'
import { denied } from '../decision.js'
import type { Denied } from '../decision.js'

/** @throws {ConfigurationError} a name that no router could give a path parameter */
export function parseParamName(param: string): string {
  if (typeof param === 'string' && param !== '' && !/[\s:/]/.test(param)) return param
  throw new ConfigurationError(`${JSON.stringify(param)} is not the name of a path parameter: for "/accounts/:nr" write "nr".`)
}

/** The value of a path parameter, or the denial that its absence means: the guard is mounted where it cannot be met. */
export function readParam(params: Readonly<Record<string, unknown>>, param: string): string | Denied {
  const value = isRecord(params) && Object.hasOwn(params, param) ? params[param] : undefined
  if (typeof value === 'string' && value !== '') return value
  return denied('misconfigured', `the route has no path parameter "${param}" with a single value`)
}

function isRecord(params: unknown): params is object {
  return typeof params === 'object' && params !== null
}
