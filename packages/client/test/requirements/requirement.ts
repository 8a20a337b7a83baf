/** The words of RFC 2119 that leave no choice. */
export type Keyword = 'MUST' | 'MUST NOT' | 'REQUIRED'

/** Where a test is: the file, from the root of the repository, its title after those around it, and the row of its table, if it has one. */
export interface TestReference {
  readonly file: string
  readonly titles: readonly string[]
  readonly row?: string | undefined
}

interface Stated {
  readonly section: string
  /** Short, and its own within the RFC. */
  readonly id: string
  /** What the RFC demands, in words of ours. */
  readonly says: string
  /** The keywords of the section that are accounted for by this entry, each as often as it occurs; none where the RFC demands it without one. */
  readonly accountsFor: readonly Keyword[]
}

/** What binds a client, and the tests that hold it. */
export interface HeldRequirement extends Stated {
  readonly binds: 'client'
  readonly heldBy: readonly TestReference[]
}

/** What binds others, or only clients that do what this one does not, and why it is not ours to do. */
export interface OtherRequirement extends Stated {
  readonly binds: 'authorization server' | 'resource server' | 'application' | 'feature not offered'
  readonly because: string
  /** Where we notice what breaks it: the tests that hold that. */
  readonly heldBy?: readonly TestReference[] | undefined
}

/** The demands of an RFC, with how many keywords there are in each of its sections that are covered. */
export interface Specification {
  readonly rfc: number
  readonly sections: Readonly<Record<string, Readonly<Partial<Record<Keyword, number>>>>>
  readonly requirements: readonly (HeldRequirement | OtherRequirement)[]
}

/** Names tests of a file, from the root of the repository, by their titles from the outside in. */
export function testsOf(file: string): (...titles: readonly string[]) => TestReference {
  return (...titles) => ({ file, titles })
}

/** One row of the table of a test. */
export function rowOf(test: TestReference, row: string): TestReference {
  return { ...test, row }
}
