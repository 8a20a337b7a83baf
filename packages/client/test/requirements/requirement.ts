import type { Party, Specification as SpecificationOf } from '../../../../tests/requirements/requirement.js'

export { rowOf, testsOf } from '../../../../tests/requirements/requirement.js'

/** The demands of an RFC on whoever logs people in, or gets tokens. */
export type Specification = SpecificationOf<'client', Exclude<Party, 'client'>>
