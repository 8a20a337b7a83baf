import type { Report } from '../report/report.js'
import type { Run } from '../run.js'
import { measureCachedTokens } from './cached-tokens.js'
import { measureColdRequests } from './cold-requests.js'
import { measureManyIssuers } from './many-issuers.js'
import { measureManyKeys } from './many-keys.js'

/** Measures how the cost of a verification grows with tokens, keys, issuers and concurrent requests. */
export async function measureGrowth(run: Run): Promise<Report> {
  const parts = []
  for (const measure of [measureCachedTokens, measureManyKeys, measureManyIssuers, measureColdRequests]) parts.push(await measure(run))
  return {
    title: 'More tokens, keys, issuers and cold requests',
    notes: parts.flatMap(({ notes }) => notes),
    packages: parts.flatMap(({ packages }) => packages),
    tables: parts.flatMap(({ tables }) => tables),
    samples: parts.map(({ samples }) => samples),
  }
}
