import type { Specification } from './requirements/requirement.js'
import { rfc10017 } from './requirements/rfc10017.js'
import { rfc7636 } from './requirements/rfc7636.js'
import { rfc8252 } from './requirements/rfc8252.js'
import { rfc9207 } from './requirements/rfc9207.js'
import { rfc9700 } from './requirements/rfc9700.js'

/**
 * Every MUST and SHOULD of the RFCs that bind whoever logs people in, with the tests that hold it. Those that bind others are here too, with the
 * reason why they are not ours, so that none can be left out unseen.
 */
export const requirements: readonly Specification[] = [rfc7636, rfc8252, rfc9207, rfc9700, rfc10017]
