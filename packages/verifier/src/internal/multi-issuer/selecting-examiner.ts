import { isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { Examine, TokenVerdict } from '../verdict-cache.js'
import { readClaimedIss } from './claimed-iss.js'
import type { IssuerDirectory, KnownIssuer } from './issuer-directory.js'
import { issuerUnavailable } from './issuer-errors.js'

/** One, and another if the rules or trust changed meanwhile. */
const maxRounds = 2
/** For keys after rules, and for rules after keys. */
const maxWaits = 4

/**
 * Verifies a token by the rules of the issuer that it names.
 *
 * @throws {AccessTokenError} from the returned function
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

  /** While the keys were fetched, the issuer may have lost trust, or its rules may have changed. */
  async function acceptLater(known: KnownIssuer, verdict: TokenVerdict, round: number): Promise<TokenVerdict> {
    const counts = directory.stillCounts(known)
    // The token may have expired while the resolver was asked.
    if (isThenable(counts) ? await holdsAfterRules({ directory, known, verdict }, counts) : counts) {
      directory.prove(known)
      return new SelectedVerdict(directory, known, verdict)
    }
    if (round >= maxRounds) throw issuerUnavailable(known.issuer, 'its rules changed each time that the token was examined')
    return examineBy(await directory.find(known.issuer), verdict.token, round + 1)
  }
}

/** Valid as long as the verdict itself is, and its issuer is trusted with unchanged rules. */
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
      if (isThenable(counts)) return holdsAfterRules(this.#selection(), counts).catch(() => false)
      const stands = counts && this.#verdict.stands()
      return isThenable(stands) ? holdsAfterKeys(this.#selection(), stands).catch(() => false) : stands
    } catch {
      return false
    }
  }

  #selection(): Selection {
    return { directory: this.#directory, known: this.#known, verdict: this.#verdict }
  }
}

/** A verdict, and the issuer that it was made by. */
interface Selection {
  readonly directory: IssuerDirectory
  readonly known: KnownIssuer
  readonly verdict: TokenVerdict
}

/**
 * Whether the verdict is valid and its issuer trusted at the same time, after waiting for the rules. Either may change while
 * the other is awaited, so each is checked again after the other.
 *
 * @throws {AccessTokenError} rejects as the directory does
 */
async function holdsAfterRules(selection: Selection, counts: Promise<boolean>, waits = maxWaits): Promise<boolean> {
  if (!(await counts) || waits === 0) return false
  const stands = selection.verdict.stands()
  return isThenable(stands) ? holdsAfterKeys(selection, stands, waits - 1) : stands
}

/** The same after waiting for the keys. */
async function holdsAfterKeys(selection: Selection, stands: Promise<boolean>, waits = maxWaits): Promise<boolean> {
  if (!(await stands) || waits === 0) return false
  const counts = selection.directory.stillCounts(selection.known)
  return isThenable(counts) ? holdsAfterRules(selection, counts, waits - 1) : counts
}
