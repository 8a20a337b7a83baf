/** The words of RFC 2119 that demand or advise. */
export type Keyword = 'MUST' | 'MUST NOT' | 'REQUIRED' | 'SHALL' | 'SHALL NOT' | 'SHOULD' | 'SHOULD NOT' | 'RECOMMENDED' | 'NOT RECOMMENDED'

/** A keyword, or an item of a list that a keyword before the list governs. */
export type Occurrence = Keyword | 'item'

/** Whom a demand speaks to. */
export type Party =
  | 'application'
  | 'authorization server'
  | 'client'
  | 'deployment'
  | 'feature not offered'
  | 'resource server'
  | 'specification'
  | 'token handler'

/** Where a test is: the file, from the root of the repository, and its titles from the outside in, as far as they are needed. */
export interface TestReference {
  readonly file: string
  readonly titles: readonly string[]
  /** The row of the table that `each` turns into this test, by a text in it. */
  readonly row?: string | undefined
}

interface Stated {
  readonly section: string
  /** Short, and its own within the RFC. */
  readonly id: string
  /** What the RFC demands, in words of ours. */
  readonly says: string
  /** The keywords of the section that are accounted for by this entry, each as often as it occurs; none where the RFC demands it without one. */
  readonly accountsFor: readonly Occurrence[]
}

/** What binds the package whose map it is, and the tests that hold it. */
export interface HeldRequirement<Ours extends Party = Party> extends Stated {
  readonly binds: Ours
  readonly heldBy: readonly TestReference[]
  /** What those tests need, where none of them runs everywhere: what they are skipped without. */
  readonly onlyWith?: 'a browser' | 'IPv6' | undefined
  /** What the tests do not hold, because the code does not do it. */
  readonly except?: string | undefined
}

/** What binds others, and why it is not ours to do. Where we refuse what breaks it, the tests that hold that. */
export interface OtherRequirement<Others extends Party = Party> extends Stated {
  readonly binds: Others
  readonly because: string
  readonly heldBy?: readonly TestReference[] | undefined
}

/** One demand of an RFC. */
export type Requirement<Ours extends Party = Party, Others extends Party = Party> = HeldRequirement<Ours> | OtherRequirement<Others>

/** How often each keyword occurs in the text of a section. */
export type Occurrences = Readonly<Partial<Record<Occurrence, number>>>

/** The demands of an RFC, with how many there are in each of its sections that are covered. */
export interface Specification<Ours extends Party = Party, Others extends Party = Party> {
  readonly rfc: number
  readonly sections: Readonly<Record<string, Occurrences>>
  readonly requirements: readonly Requirement<Ours, Others>[]
}

/** The tests of one file, by their titles from the outside in. */
export type TestsOf = (...titles: readonly string[]) => TestReference

/** Names tests of a file, from the root of the repository. */
export function testsOf(file: string): TestsOf {
  return (...titles) => ({ file, titles })
}

/** One row of the table of a test. */
export function rowOf(test: TestReference, row: string): TestReference {
  return { ...test, row }
}
