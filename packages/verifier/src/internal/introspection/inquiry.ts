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

/** An answer and what came of it: a verdict, or why the token is not accepted. */
export interface Finding extends KnownAnswer {
  readonly refusal: AccessTokenError | undefined
}

export interface InquiryInput {
  readonly request: RequestIntrospection
  readonly dialect: Dialect
  readonly examine: ExamineStatement
  /** For an answer that is not kept, its life by the header is none. */
  readonly limits: AnswerLifeLimits & { readonly negativeTtlMs: number }
  readonly maxConcurrentRequests: number
  /** For one request, of which a question may need several. */
  readonly timeoutMs: number
}

/** Asks the server, and judges what it says. */
export interface Inquiry {
  /**
   * @param askedAt now, in milliseconds since the epoch: the age of the answer counts from the question, since what changes while it is
   *   on its way is not in it
   * @throws rejects with `unavailable` outcomes alone; any other is in the finding
   */
  inquire(token: string, askedAt: number): Promise<Finding>
  /** @throws as `inquire` */
  judge(answer: Answer): Promise<Finding>
}

/** What the answer is used for where the token does not say how long it lasts, and the answer is not kept, in milliseconds. */
const assumedLifeMs = 60_000

/** Discovery, the request and the keys have limits of their own, which come to less than so many times that of a request. */
const longestInTimeouts = 15
/** For keys, whoever waits may have to wait for others, too, however short a request is. */
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
