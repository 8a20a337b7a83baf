import { isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { Examine, TokenVerdict } from '../verdict-cache.js'
import { readClaimedIss } from './claimed-iss.js'
import type { IssuerDirectory, KnownIssuer } from './issuer-directory.js'

/**
 * Examines a token by the rules of the issuer that it names.
 *
 * @throws {AccessTokenError} from what it returns
 */
export function createSelectingExaminer(directory: IssuerDirectory, limits: { maxTokenBytes: number }): Examine<TokenVerdict> {
  return (token) => {
    const found = directory.find(readClaimedIss(token, limits))
    return isThenable(found) ? found.then((known) => examineBy(known, token)) : examineBy(found, token)
  }

  function examineBy(known: KnownIssuer, token: string): TokenVerdict | Promise<TokenVerdict> {
    const verdict = known.examine(token)
    return isThenable(verdict) ? verdict.then((ready) => acceptLater(known, ready, token)) : accept(known, verdict)
  }

  /** Keys may have been waited for, and trust withdrawn meanwhile. */
  async function acceptLater(known: KnownIssuer, verdict: TokenVerdict, token: string): Promise<TokenVerdict> {
    const now = await directory.find(known.issuer)
    return now === known ? accept(known, verdict) : examineBy(now, token)
  }

  function accept(known: KnownIssuer, verdict: TokenVerdict): TokenVerdict {
    directory.prove(known)
    return new SelectedVerdict(directory, known, verdict)
  }
}

/** Stands as long as the verdict itself does, and its issuer is trusted by the same rules as when it was made. */
class SelectedVerdict implements TokenVerdict {
  readonly token: string
  readonly accessToken: VerifiedAccessToken
  readonly confirmation: unknown
  readonly #directory: IssuerDirectory
  readonly #known: KnownIssuer
  readonly #verdict: TokenVerdict

  constructor(directory: IssuerDirectory, known: KnownIssuer, verdict: TokenVerdict) {
    this.token = verdict.token
    this.accessToken = verdict.accessToken
    this.confirmation = verdict.confirmation
    this.#directory = directory
    this.#known = known
    this.#verdict = verdict
  }

  stands(): boolean | Promise<boolean> {
    try {
      const found = this.#directory.find(this.#known.issuer)
      if (found === this.#known) return this.#verdict.stands()
      if (!isThenable(found)) return false
      return found.then((later) => later === this.#known && this.#verdict.stands()).catch(() => false)
    } catch {
      return false
    }
  }
}
