import type * as shared from '../../../../tests/requirements/requirement.js'

export { rowOf, testsOf } from '../../../../tests/requirements/requirement.js'

/** Who checks access tokens: also the client of discovery and of introspection. */
type Ours = 'resource server'
type Others = Exclude<shared.Party, Ours>

/** One demand of an RFC. */
export type Requirement = shared.Requirement<Ours, Others>
/** The demands of an RFC, with how many there are in each of its sections that are covered. */
export type Specification = shared.Specification<Ours, Others>
