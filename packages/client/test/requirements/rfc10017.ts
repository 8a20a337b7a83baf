import type { Specification } from './requirement.js'
import { backendRequirements, backendSections } from './rfc10017-backends.js'
import { pageRequirements, pageSections } from './rfc10017-page.js'
import { tokenRequirements, tokenSections } from './rfc10017-tokens.js'

/** OAuth 2.0 for Browser-Based Applications, August 2026 (BCP 212). */
export const rfc10017: Specification = {
  rfc: 10017,
  sections: { ...backendSections, ...pageSections, ...tokenSections },
  requirements: [...backendRequirements, ...pageRequirements, ...tokenRequirements],
}
