import type { Specification } from './requirements/requirement.js'
import { rfc6750 } from './requirements/rfc6750.js'
import { rfc7519 } from './requirements/rfc7519.js'
import { rfc7662 } from './requirements/rfc7662.js'
import { rfc8414 } from './requirements/rfc8414.js'
import { rfc8705 } from './requirements/rfc8705.js'
import { rfc8725 } from './requirements/rfc8725.js'
import { rfc9068 } from './requirements/rfc9068.js'
import { rfc9449 } from './requirements/rfc9449.js'
import { rfc9701 } from './requirements/rfc9701.js'

/**
 * Every MUST, MUST NOT and REQUIRED of the RFCs that an API is bound by when it checks access tokens, with the tests that hold it.
 * Those that bind others are here too, with the reason why they are not ours, so that none can be left out unseen.
 */
export const requirements: readonly Specification[] = [rfc6750, rfc7519, rfc7662, rfc8414, rfc8705, rfc8725, rfc9068, rfc9449, rfc9701]
