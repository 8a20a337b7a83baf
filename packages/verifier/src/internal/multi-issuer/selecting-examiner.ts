import { isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { Examine, TokenVerdict } from '../verdict-cache.js'
import { readClaimedIss } from './claimed-iss.js'
import type { IssuerDirectory, KnownIssuer } from './issuer-directory.js'
import { issuerUnavailable } from './issuer-errors.js'

/** One, and one more if what it went by no longer holds when it ends. */
const maxRounds = 2

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

  function examineBy(known: KnownIssuer, token: string, round = 1): TokenVerdict | Promise<TokenVerdict> {
    const verdict = known.examine(token)
    if (isThenable(verdict)) {
      return directory.holdDuring(
        known,
        verdict.then((ready) => acceptLater(known, ready, round)),
      )
    }
    directory.prove(known)
    return new SelectedVerdict(directory, known, verdict)
  }

  /** Keys may have been waited for, and trust withdrawn meanwhile, or the rules changed. */
  async function acceptLater(known: KnownIssuer, verdict: TokenVerdict, round: number): Promise<TokenVerdict> {
    const counts = directory.stillCounts(known)
    // Whoever had to be asked about the issuer may have taken longer than the token lasts.
    if (isThenable(counts) ? (await counts) && (await verdict.stands()) : counts) {
      directory.prove(known)
      return new SelectedVerdict(directory, known, verdict)
    }
    if (round >= maxRounds) throw issuerUnavailable(known.issuer, 'its rules changed each time that the token was examined')
    return examineBy(await directory.find(known.issuer), verdict.token, round + 1)
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
      const counts = this.#directory.stillCounts(this.#known)
      if (!isThenable(counts)) return counts && this.#verdict.stands()
      return counts.then((later) => later && this.#verdict.stands()).catch(() => false)
    } catch {
      return false
    }
  }
}
