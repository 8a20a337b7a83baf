import { AccessTokenError } from '../../access-token-error.js'
import type { Answer, KnownAnswer } from './answer.js'
import { answerLife, type AnswerLifeLimits } from './answer-life.js'
import type { RequestIntrospection } from './introspection-request.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { createQuestionPlaces } from './question-places.js'
import { isUnsupportedTokenType } from './response-form.js'
import type { ExamineStatement } from './statement-examiner.js'
import type { Dialect } from './statement.js'
import { withoutToken } from './without-token.js'

/** An answer and the result: a verdict, or why the token is not accepted. */
export interface Finding extends KnownAnswer {
  readonly refusal: AccessTokenError | undefined
}

export interface InquiryInput {
  readonly request: RequestIntrospection
  readonly dialect: Dialect
  readonly examine: ExamineStatement
  /** With zero lifetimes if answers are not cached. */
  readonly limits: AnswerLifeLimits & { readonly negativeTtlMs: number }
  readonly maxConcurrentRequests: number
  /** The limit of one request; an introspection may need several. */
  readonly timeoutMs: number
}

/** Asks the server, and checks its answer. */
export interface Inquiry {
  /**
   * @param askedAt now, in milliseconds since the epoch. The age of the answer counts from the question, since it may not
   *   reflect what changes afterwards
   * @throws rejects with `unavailable` outcomes only; any other is in the finding
   */
  inquire(token: string, askedAt: number): Promise<Finding>
  /** @throws as `inquire` */
  judge(answer: Answer): Promise<Finding>
}

/** How long an answer without `exp` that is not cached is used, in milliseconds. */
const assumedLifeMs = 60_000

/** Discovery, the request and the keys have limits of their own, which sum to less than this many times that of a request. */
const longestInTimeouts = 15
/** Waiting for keys can include waiting for others, however short a request is. */
const longestAtLeastMs = 60_000

export function createInquiry({ request, dialect, examine, limits, maxConcurrentRequests, timeoutMs }: InquiryInput): Inquiry {
  const places = createQuestionPlaces({
    places: maxConcurrentRequests,
    goneAfterMs: Math.max(longestAtLeastMs, longestInTimeouts * timeoutMs),
  })
  return { inquire, judge }

  async function inquire(token: string, askedAt: number): Promise<Finding> {
    const leave = places.take(askedAt)
    if (leave === undefined) throw introspectionUnavailable(`${maxConcurrentRequests} requests are under way, which is as many as may be`)
    try {
      return await ask(token, askedAt)
    } finally {
      leave()
    }
  }

  async function ask(token: string, askedAt: number): Promise<Finding> {
    const response = await request(token)
    const statement = isUnsupportedTokenType(response) ? { active: false as const } : withoutToken(await dialect.read(response), token)
    const life = answerLife(response.headers, { ...limits, now: askedAt })
    const finding = await judge({ statement, askedAt, until: askedAt + life })
    const end = finding.verdict === undefined ? askedAt + limits.negativeTtlMs : finding.verdict.accessToken.expiresAt * 1000
    return { ...finding, answer: { statement, askedAt, until: Math.min(askedAt + life, end) } }
  }

  async function judge(answer: Answer): Promise<Finding> {
    const { statement, askedAt, until } = answer
    if (!statement.active) return { answer, verdict: undefined, refusal: new AccessTokenError('token_inactive') }
    try {
      const assumedEnd = until > askedAt ? until : askedAt + assumedLifeMs
      return { answer, verdict: await examine(statement, assumedEnd / 1000), refusal: undefined }
    } catch (error) {
      if (!(error instanceof AccessTokenError) || error.outcome === 'unavailable') throw error
      return { answer, verdict: undefined, refusal: error }
    }
  }
}
