import { configSchema, programConfigSchema } from './config-schema.js'
import type { Config } from './config-schema.js'
import { expectation, placeOf } from './describe-issue.js'

/** What is wrong with a configuration, one line for each finding: its place in the file and what was expected there. */
export interface ConfigFindings {
  readonly findings: readonly string[]
}

const maxFindings = 20

/**
 * Checks a configuration, of JSON or of a module. That the options go together (a client's redirect URIs, an audience and its contract)
 * is for the issuer to say.
 */
export function readConfig(value: unknown, from: 'json' | 'module'): Config | ConfigFindings {
  const schema = from === 'json' ? configSchema : programConfigSchema
  const result = schema.safeParse(value, { error: expectation })
  if (result.success) return result.data
  const findings = result.error.issues.slice(0, maxFindings).map(({ path, message }) => {
    const place = placeOf(path)
    return place === '' ? message : `${place}: ${message}`
  })
  return { findings }
}
