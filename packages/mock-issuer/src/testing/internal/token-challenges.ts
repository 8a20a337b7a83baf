import { parseChallenges } from './challenges.js'
import type { Challenge } from './challenges.js'
import type { AnswerFacts } from './verdict.js'

/** What is expected of the challenges for access tokens. */
export interface ChallengeExpectation {
  /** The `error` of a challenge; `null` for no error in any. Default: not looked at. */
  readonly error?: string | null
  /** The scheme of the challenge, in any case. Default: `Bearer` or `DPoP`. */
  readonly scheme?: string
  /** Further parameters that the challenge must have, by lower-case name. Default: none. */
  readonly params?: Readonly<Record<string, string>>
}

/** What is wrong with the challenges of an answer, if anything is. */
export function findChallengeProblem({ authenticate }: AnswerFacts, expected: ChallengeExpectation): string | undefined {
  if (authenticate === undefined) return 'there is no WWW-Authenticate (RFC 9110 §15.5.2)'
  const parsed = parseChallenges(authenticate)
  if ('fault' in parsed) return `its WWW-Authenticate is malformed: ${parsed.fault}`
  const schemes = expected.scheme === undefined ? ['bearer', 'dpop'] : [expected.scheme.toLowerCase()]
  const candidates = parsed.challenges.filter(({ scheme }) => schemes.includes(scheme))
  if (candidates.length === 0) return `no challenge is for ${expected.scheme ?? 'Bearer or DPoP'}`
  return findErrorProblem(candidates, expected.error) ?? findParamProblem(candidates, expected)
}

function findErrorProblem(candidates: readonly Challenge[], error: string | null | undefined): string | undefined {
  if (error === undefined) return undefined
  const errors = candidates.flatMap(({ params }) => params.get('error') ?? [])
  if (error === null) return errors.length === 0 ? undefined : `there is the error "${errors.join('", "')}"`
  if (errors.includes(error)) return undefined
  return errors.length === 0 ? 'its challenge has no error' : `the error is "${errors.join('", "')}"`
}

function findParamProblem(candidates: readonly Challenge[], { error, params = {} }: ChallengeExpectation): string | undefined {
  const wanted = Object.entries(params)
  const withError = typeof error === 'string' ? candidates.filter((challenge) => challenge.params.get('error') === error) : candidates
  if (withError.some((challenge) => wanted.every(([name, value]) => challenge.params.get(name) === value))) return undefined
  return `no challenge has ${wanted.map(([name, value]) => `${name}="${value}"`).join(', ')}`
}
