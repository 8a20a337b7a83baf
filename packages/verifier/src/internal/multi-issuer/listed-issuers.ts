import { createJwtExaminer } from '../jwt-examiner.js'
import type { PreparedJwtRules } from '../jwt-rules-settings.js'
import { HeldIssuers } from './held-issuers.js'
import type { IssuerDirectory, KnownIssuer } from './issuer-directory.js'
import { issuerUnknown } from './issuer-errors.js'
import { limitNewcomers } from './newcomer-limit.js'

/** A fixed list of issuers. The state of each is created with its first token. */
export function createListedIssuers(
  listed: ReadonlyMap<string, PreparedJwtRules>,
  { maxIssuers, now }: { maxIssuers: number; now: () => number },
): IssuerDirectory {
  const maxNewcomers = listed.size <= maxIssuers ? listed.size : limitNewcomers(maxIssuers)
  const held = new HeldIssuers({ maxIssuers, maxNewcomers, now })

  return {
    find: (issuer) => held.get(issuer) ?? make(issuer),
    prove: (known) => held.prove(known),
    stillCounts,
    holdDuring: (known, examination) => held.holdDuring(known, examination),
  }

  function make(issuer: string): KnownIssuer {
    const prepared = listed.get(issuer)
    if (prepared === undefined) throw issuerUnknown(issuer, 'which is not in the list of issuers')
    const { createKeys, ...rules } = prepared
    const known = { issuer, examine: createJwtExaminer({ ...rules, keys: createKeys() }) }
    held.add(known)
    return known
  }

  /** The rules in a list never change. */
  function stillCounts(known: KnownIssuer): true {
    if (held.get(known.issuer) !== known) held.restore(known)
    return true
  }
}
