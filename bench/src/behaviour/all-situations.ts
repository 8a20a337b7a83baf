import type { Situation } from './situation.js'
import { boundToken } from './situations/bound-token.js'
import { goodRequests } from './situations/good-requests.js'
import { inventedKids, inventedKidsCold } from './situations/invented-kids.js'
import { missingScope } from './situations/missing-scope.js'
import { optionalAuthentication } from './situations/optional-authentication.js'
import { outageCold, outageColdStatus } from './situations/outage-cold.js'
import { outageLater } from './situations/outage-later.js'
import { queryToken } from './situations/query-token.js'
import { rotatedKey } from './situations/rotated-key.js'
import { tokenType } from './situations/token-type.js'
import { withdrawnKey } from './situations/withdrawn-key.js'
import { wrongClaim } from './situations/wrong-claim.js'

/** In the order of the table. */
export const allSituations: readonly Situation[] = [
  goodRequests,
  inventedKids,
  inventedKidsCold,
  rotatedKey,
  withdrawnKey,
  outageCold,
  outageColdStatus,
  outageLater,
  boundToken,
  tokenType,
  optionalAuthentication,
  missingScope,
  wrongClaim,
  queryToken,
]
